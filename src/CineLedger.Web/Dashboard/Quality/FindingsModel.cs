using System.Globalization;
using CineLedger.Reports;
using CineLedger.Storage;

namespace CineLedger.Web.Dashboard.Quality;

/// <summary>One page of the findings list.</summary>
/// <param name="Search">The filters.</param>
/// <param name="Total">The number of matching rows on all pages.</param>
/// <param name="Findings">The number of findings that these rows represent.</param>
/// <param name="Table">The findings on this page.</param>
/// <param name="Files">The files of the dataset that have findings.</param>
/// <param name="Previous">The address of the previous page; null on the first.</param>
/// <param name="Next">The address of the next page; null on the last.</param>
public sealed record FindingsModel(FindingSearch Search, long Total, long Findings, TableView Table, IReadOnlyList<string> Files, string? Previous, string? Next)
{
    /// <summary>The rows on this page: <c>51 to 100 of 341</c>.</summary>
    public string Position => string.Create(CultureInfo.InvariantCulture, $"{Search.Start:N0} to {Search.Start + Table.Rows.Count - 1:N0} of {Total:N0}");

    public static async Task<FindingsModel> ReadAsync(PageRequest request, CancellationToken cancellationToken)
    {
        var (ledger, search) = (request.Ledger, FindingSearch.Read(request.Values));
        var found = await ledger.ReadTableAsync(
            $"findings {search}", (connection, cancel) => FindingList.OpenAsync(connection, search.Filter, ledger.Snapshot.Id, cancel), cancellationToken);
        var listed = await ListedMovies.ReadAsync(request, found.Rows.Select(row => row["movie_id"]).OfType<long>(), cancellationToken);
        var total = (await ledger.ReadAsync(
            $"findings counted {search}",
            async (connection, cancel) => new FindingTotal(await FindingList.CountAsync(connection, search.Filter, ledger.Snapshot.Id, cancel)),
            cancellationToken)).Counts;
        var files = await ledger.ReadAsync(
            "files with findings",
            (connection, cancel) => connection.QueryAsync(
                "SELECT DISTINCT file FROM finding WHERE snapshot_id = $1 ORDER BY file", row => row.GetString(0), cancel, ledger.Snapshot.Id),
            cancellationToken);
        return new FindingsModel(
            search,
            total.Rows,
            total.Findings,
            FindingTable.Create(found, listed, request.State),
            files,
            search.Start > 1 ? GetPageLink(Math.Max(1, search.Start - FindingSearch.PageRows)) : null,
            search.Start - 1 + found.Rows.Count < total.Rows ? GetPageLink(search.Start + FindingSearch.PageRows) : null);

        string GetPageLink(int start) => request.GetAddress(("start", start == 1 ? null : start.ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>The heading of the list: <c>381 findings in 228 rows</c>.</summary>
    public string Heading => string.Create(CultureInfo.InvariantCulture, $"{Findings:N0} {(Findings == 1 ? "finding" : "findings")}")
        + (Findings == Total ? "" : string.Create(CultureInfo.InvariantCulture, $" in {Total:N0} {(Total == 1 ? "row" : "rows")}"));

    /// <summary>The cache holds only objects.</summary>
    private sealed record FindingTotal((long Rows, long Findings) Counts);
}
