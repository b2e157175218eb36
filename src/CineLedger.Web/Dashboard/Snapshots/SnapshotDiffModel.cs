using System.Globalization;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Storage.Snapshots;
using CineLedger.Web.Dashboard.Movies;
using CineLedger.Web.Dashboard.Quality;

namespace CineLedger.Web.Dashboard.Snapshots;

/// <summary>The differences between two snapshots.</summary>
public sealed record SnapshotDiffModel
{
    public required SnapshotDiffSearch Search { get; init; }

    public required Snapshot Before { get; init; }

    public required Snapshot After { get; init; }

    /// <summary>The number of movies per change: added, changed, removed.</summary>
    public required IReadOnlyList<(string Change, int Movies)> Changes { get; init; }

    /// <summary>The changed fields with their number of movies, the most frequent first.</summary>
    public required IReadOnlyList<(string Field, int Movies)> Fields { get; init; }

    /// <summary>One page of the matching rows.</summary>
    public required TableView Table { get; init; }

    /// <summary>The number of matching rows on all pages.</summary>
    public required int Total { get; init; }

    public string? Previous { get; init; }

    public string? Next { get; init; }

    public string Position => string.Create(CultureInfo.InvariantCulture, $"{Search.Start:N0} to {Search.Start + Table.Rows.Count - 1:N0} of {Total:N0}");

    public static async Task<SnapshotDiffModel> ReadAsync(PageRequest request, CancellationToken cancellationToken)
    {
        var (ledger, search) = (request.Ledger, SnapshotDiffSearch.Read(request.Values));
        var (before, after) = (await FindAsync(search.A), await FindAsync(search.B));
        var all = await ledger.ReadTableAsync(
            string.Create(CultureInfo.InvariantCulture, $"differences {search.A} {before.PublishedAt.Ticks} {search.B} {after.PublishedAt.Ticks}"),
            async (connection, cancel) =>
            {
                var table = await SnapshotDiff.ReadDiffAsync(connection, search.A, search.B, cancel);
                return new DbResult(SnapshotDiff.DiffColumns, table.CreateDataReader());
            },
            cancellationToken);
        var matching = all.Rows.Where(search.Matches).ToList();
        var shown = matching.Skip(search.Start - 1).Take(SnapshotDiffSearch.PageRows).ToList();
        return new SnapshotDiffModel
        {
            Search = search,
            Before = before,
            After = after,
            Changes =
            [
                .. SnapshotDiffSearch.Changes.Select(change =>
                    (change, all.Rows.Where(row => row.GetText("change") == change).Select(row => row.GetInteger("movie_id")).Distinct().Count())),
            ],
            Fields = [.. all.Rows.Where(row => row["field"] is not null).GroupBy(row => row.GetText("field")).Select(field => (field.Key, field.Count()))
                .OrderByDescending(field => field.Item2).ThenBy(field => field.Key, StringComparer.Ordinal)],
            Table = CreateTable(shown, request),
            Total = matching.Count,
            Previous = search.Start > 1 ? GetPageLink(Math.Max(1, search.Start - SnapshotDiffSearch.PageRows)) : null,
            Next = search.Start - 1 + shown.Count < matching.Count ? GetPageLink(search.Start + SnapshotDiffSearch.PageRows) : null,
        };

        Task<Snapshot> FindAsync(int id) => ledger.ReadUncachedAsync(
            async (connection, cancel) => (await SnapshotRows.TryFindAsync(connection, id, cancel))?.WithoutPaths()
                ?? throw Errors.Problems.NotFound($"there is no snapshot {id}; the Snapshots page lists all of them."),
            cancellationToken);

        string GetPageLink(int start) => request.GetAddress(("start", start == 1 ? null : start.ToString(CultureInfo.InvariantCulture)));
    }

    private static TableView CreateTable(IEnumerable<ResultRow> rows, PageRequest request) => new(
        "Differences by movie and field",
        [new("Movie"), new("Change"), new("Field"), new("Before"), new("After")],
        [
            .. rows.Select(row => new TableViewRow(
            [
                new TableViewCell(row["title"] ?? row["movie_id"]) { Link = MovieLinks.GetMoviePath(request.State, row.GetInteger("movie_id")) },
                new TableViewCell(row["change"]), new TableViewCell(row["field"] is string field ? field.Replace('_', ' ') : "whole movie"),
                FormatValue(row, "before"), FormatValue(row, "after"),
            ])),
        ]);

    /// <summary>Added and removed movies have no field values. A dash would mean that they are unknown.</summary>
    private static TableViewCell FormatValue(ResultRow row, string column) => row["field"] is null
        ? new TableViewCell(row.GetText("change") == "added" == (column == "after") ? "in the ledger" : "not in the ledger")
        : FindingTable.Truncate(new TableViewCell(Amounts.Contains(row.GetText("field")) && long.TryParse(row[column] as string, CultureInfo.InvariantCulture, out var amount)
            ? NumberFormat.FormatExact(amount, Unit.Money) : row[column]));

    private static readonly string[] Amounts = ["budget", "revenue"];
}
