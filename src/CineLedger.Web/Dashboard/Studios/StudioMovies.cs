using CineLedger.Reports;
using CineLedger.Reports.Queries;
using CineLedger.Web.Dashboard.Movies;

namespace CineLedger.Web.Dashboard.Studios;

/// <summary>The best and the worst movies of a studio, by profit or by revenue.</summary>
internal static class StudioMovies
{
    private const int MaxMovies = 10;

    public static IReadOnlyList<string> Orders { get; } = ["profit", "revenue"];

    public static async Task<IReadOnlyList<FigureView>> ReadAsync(PageRequest request, string studio, CancellationToken cancellationToken)
    {
        var (state, order) = (request.State, request.Values.Get(StudioParameters.MoviesBy) ?? Orders[0]);

        // A profit is known only if both amounts are.
        string[] known = order == "profit" ? ["revenue is known", "budget is known"] : ["revenue is known"];
        string[] where = [PageQuery.FilterByName("studio", studio), .. state.HasYearRange ? Array.Empty<string>() : ["year is known"], .. known];
        var query = MovieList.CreateQuery([.. state.YearFilters.Concat(where).SelectMany(FilterFields.Parse)], state.Dollars);
        var choices = Orders.Select(by => new FigureLink(by, request.GetAddress(("movies", by == Orders[0] ? null : by)) + "#best", by == order));
        return await Task.WhenAll(
            ReadFigureAsync("best", $"Best movies by {order}", isBest: true, [.. choices]),
            ReadFigureAsync("worst", $"Worst movies by {order}", isBest: false, [new("All movies of the studio", NameKind.Studio.GetMoviesLink(state, studio))]));

        async Task<FigureView> ReadFigureAsync(string id, string title, bool isBest, IReadOnlyList<FigureLink> links) => new(
            id, title, MovieTable.Create(title, state, await request.Ledger.ReadMoviesAsync(query, [new(order, isBest)], MaxMovies, 0, cancellationToken)))
        {
            DownloadAddress = format => GetAddress(isBest, format),
            Notes = [isBest && order == "profit" ? "Revenue minus budget, only of movies with both amounts known." : null, isBest ? "Order by" : null],
            Links = links,
            ShowsTableBeside = false,
        };

        string GetAddress(bool isBest, string? format) => new PageState { From = state.From, To = state.To, Dollars = state.Dollars, Snapshot = request.Snapshot.Id }.GetLink(
            "/api/v1/movies", [.. where.Select(filter => ("where", (string?)filter)), ("order", isBest ? $"{order}:desc" : order), ("format", format)]);
    }
}
