using CineLedger.Web.Dashboard.Entities;
using CineLedger.Web.Http;

namespace CineLedger.Web.Dashboard.Collections;

/// <summary>The page of a collection: a series of movies, such as a trilogy.</summary>
internal static class CollectionPages
{
    public static Parameter<string?> Name { get; } = Parameter.CreateText("name", "The collection's name.") with { IsInPath = true };

    public static PageDefinition Collection { get; } = new()
    {
        Path = "/collections/{name}",
        Parameters = [Name],
        HasDefaultYears = true,
        ReadTimelineFilter = NameKind.Collection.CreateTimelineFilter(Name),
        ReadContent = ReadAsync,
    };

    private static async Task<PageContent> ReadAsync(PageRequest request, CancellationToken cancellationToken)
    {
        var (kind, name) = (NameKind.Collection, request.Values.Get(Name)!);
        var all = new PageQuery { Measures = ["releases"], Where = [PageQuery.FilterByName(kind.Dimension, name)], UsesYearRange = false };
        if ((await request.Ledger.QueryAsync(all.CreateRequest(new()), cancellationToken)).Rows[0].GetInteger("releases") is var movies && movies == 0)
        {
            return await UnknownName.CreatePageAsync(request, kind, name, [], cancellationToken);
        }

        var (years, genres) = (EntityYears.ReadAsync(request, kind, name, cancellationToken), GenreSplit.ReadAsync(request, kind, name, cancellationToken));
        await Task.WhenAll(years, genres);
        var read = await years;
        return new EntityModel(kind, name)
        {
            Facts = read.CreateFacts(),
            Figures =
            [
                await read.ReadMoviesAsync(request, cancellationToken, "release_date", "Movies in order of release"), read.CreateAmounts(), read.CreatePopularity(), await genres,
            ],
            Coverage = read.Coverage,
            Sentences = [$"{NumberFormat.FormatMovieCount(movies)} in the ledger."],
        }.CreatePage();
    }
}
