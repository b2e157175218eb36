using CineLedger.Reports;
using CineLedger.Reports.Queries;
using CineLedger.Web.Dashboard.Movies;

namespace CineLedger.Web.Dashboard.Studios;

/// <summary>The best and the worst movies of a studio, by profit or by revenue.</summary>
/// <param name="Order">The column that movies are ordered by.</param>
public sealed record StudioMovies(string Order, TableView Best, TableView Worst, Func<bool, string?, string> GetDownloadAddress)
{
    private const int MaxMovies = 10;

    public static IReadOnlyList<string> Orders { get; } = ["profit", "revenue"];

    public static async Task<StudioMovies> ReadAsync(PageRequest request, string studio, CancellationToken cancellationToken)
    {
        var (state, order) = (request.State, request.Values.Get(StudioParameters.MoviesBy) ?? Orders[0]);

        // A profit is known only if both amounts are.
        string[] known = order == "profit" ? ["revenue is known", "budget is known"] : ["revenue is known"];
        string[] where = [studio, .. state.HasYearRange ? Array.Empty<string>() : ["year is known"], .. known];
        var query = MovieList.CreateQuery([.. state.YearFilters.Concat(where).SelectMany(FilterFields.Parse)], state.Dollars);
        return new(order, await ReadTableAsync("Best movies", isBest: true), await ReadTableAsync("Worst movies", isBest: false), GetAddress);

        async Task<TableView> ReadTableAsync(string caption, bool isBest) => MovieTable.Create(
            caption, state, await request.Ledger.ReadMoviesAsync(query, [new(order, isBest)], MaxMovies, 0, cancellationToken));

        string GetAddress(bool isBest, string? format) => new PageState { From = state.From, To = state.To, Dollars = state.Dollars, Snapshot = request.Snapshot.Id }.GetLink(
            "/api/v1/movies", [.. where.Select(filter => ("where", (string?)filter)), ("order", isBest ? $"{order}:desc" : order), ("format", format)]);
    }
}
