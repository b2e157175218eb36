using CineLedger.Reports;
using CineLedger.Web.Dashboard.Entities;
using CineLedger.Web.Http;

namespace CineLedger.Web.Dashboard.People;

/// <summary>The page of a person: figures of a director or actor, and the credits of anyone.</summary>
internal static class PeoplePages
{
    public static Parameter<string?> Name { get; } = Parameter.CreateText("name", "The person's name.") with { IsInPath = true };

    public static Parameter<string?> Role { get; } =
        Parameter.CreateEnum("role", [.. PersonRoles.Kinds.Select(kind => kind.Dimension)], "What the person did in the movies. Default: the role with the most movies.");

    public static PageDefinition Person { get; } = new()
    {
        Path = "/people/{name}",
        Parameters = [Name, Role],
        HasDefaultYears = true,
        ReadTimelineFilter = async (request, cancellationToken) => (await PersonRoles.ReadAsync(request, cancellationToken)).Filter,
        ReadContent = ReadAsync,
    };

    private static async Task<PageContent> ReadAsync(PageRequest request, CancellationToken cancellationToken)
    {
        var roles = await PersonRoles.ReadAsync(request, cancellationToken);
        var credits = await CreditFigure.ReadAsync(request, roles.Name, cancellationToken);
        if (credits.Count == 0)
        {
            return await UnknownName.CreatePageAsync(request, NameKind.Director, roles.Name, [], cancellationToken);
        }

        if (roles.Movies.Count == 0)
        {
            return await CreateOtherAsync(request, roles.Name, credits, cancellationToken);
        }

        var kind = roles.Selected;
        var known = new PageQuery { Measures = ["releases"], Where = [$"{kind.Dimension} is known"], UsesYearRange = false };
        var all = new PageQuery { Measures = ["releases"], UsesYearRange = false };
        var (years, genres, months, credited, movies) = (
            EntityYears.ReadAsync(request, kind, roles.Name, cancellationToken),
            GenreSplit.ReadAsync(request, kind, roles.Name, cancellationToken),
            EntityMonths.ReadAsync(request, kind, roles.Name, cancellationToken),
            request.Ledger.QueryAsync(known.CreateRequest(request.State), cancellationToken),
            request.Ledger.QueryAsync(all.CreateRequest(request.State), cancellationToken));
        await Task.WhenAll(years, genres, months, credited, movies);
        var read = await years;
        string?[] sentences =
        [
            FigureNotes.GetCoverage(
                kind == NameKind.Actor ? "The cast" : "The director", (await credited).Rows[0].GetInteger("releases"), (await movies).Rows[0].GetInteger("releases")),
            kind == NameKind.Actor ? "Only the first three billed actors of a movie count." : null,
        ];
        return new EntityModel(kind, roles.Name)
        {
            Facts = read.CreateFacts(),
            Figures =
            [
                read.CreateAmounts(), await genres, .. await months, read.CreatePopularity(), await read.ReadMoviesAsync(request, cancellationToken),
                CreditFigure.Create(request.State, credits),
            ],
            Coverage = read.Coverage,
            Sentences = [.. sentences.OfType<string>()],
            Header = EntityModel.CreateFragment<RoleLinks>((nameof(RoleLinks.Roles), roles)),
        }.CreatePage();
    }

    /// <summary>Creates the page of a person who is neither a director nor one of the first billed actors of any movie.</summary>
    private static async Task<PageContent> CreateOtherAsync(PageRequest request, string name, IReadOnlyList<PersonCredit> credits, CancellationToken cancellationToken)
    {
        var all = new PageQuery { Measures = ["releases"], UsesYearRange = false };
        return new EntityModel(NameKind.Director, name)
        {
            Facts = [new("Movies", (long)credits.Select(credit => credit.MovieId).Distinct().Count(), Unit.Count)],
            Figures = [CreditFigure.Create(request.State, credits)],
            Coverage = await request.Ledger.ReadCoverageAsync(all.CreateRequest(request.State), cancellationToken),
            Sentences = ["Figures by year are only for directors and the first three billed actors of a movie."],
            HasYears = false,
        }.CreatePage();
    }
}
