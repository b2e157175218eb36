using System.Globalization;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Storage.Snapshots;
using CineLedger.Web.Dashboard.Films;
using CineLedger.Web.Dashboard.Quality;

namespace CineLedger.Web.Dashboard.Snapshots;

/// <summary>What differs between two snapshots.</summary>
public sealed record DifferencesModel
{
    public required DifferenceSearch Search { get; init; }

    public required Snapshot Before { get; init; }

    public required Snapshot After { get; init; }

    /// <summary>Films by what became of them: added, changed, removed.</summary>
    public required IReadOnlyList<(string Change, int Films)> Changes { get; init; }

    /// <summary>Fields of changed films with how many differ in them, the most first.</summary>
    public required IReadOnlyList<(string Field, int Films)> Fields { get; init; }

    /// <summary>A page of the rows that fit.</summary>
    public required TableView Table { get; init; }

    /// <summary>How many rows fit on all pages.</summary>
    public required int Total { get; init; }

    public string? Previous { get; init; }

    public string? Next { get; init; }

    public string Here => string.Create(CultureInfo.InvariantCulture, $"{Search.Start:N0} to {Search.Start + Table.Rows.Count - 1:N0} of {Total:N0}");

    public static async Task<DifferencesModel> ReadAsync(PageRequest request, CancellationToken cancellationToken)
    {
        var (ledger, search) = (request.Ledger, DifferenceSearch.Read(request.Values));
        var (before, after) = (await FindAsync(search.A), await FindAsync(search.B));
        var all = await ledger.TableAsync(
            string.Create(CultureInfo.InvariantCulture, $"differences {search.A} {before.PublishedAt.Ticks} {search.B} {after.PublishedAt.Ticks}"),
            async (connection, cancel) =>
            {
                var table = await SnapshotChanges.DiffAsync(connection, search.A, search.B, cancel);
                return new DbResult(SnapshotChanges.DiffColumns, table.CreateDataReader());
            },
            cancellationToken);
        var fitting = all.Rows.Where(search.Fits).ToList();
        var shown = fitting.Skip(search.Start - 1).Take(DifferenceSearch.PageRows).ToList();
        return new DifferencesModel
        {
            Search = search,
            Before = before,
            After = after,
            Changes = [.. DifferenceSearch.Changes.Select(change => (change, all.Rows.Where(row => row.Text("change") == change).Select(row => row.Whole("movie_id")).Distinct().Count()))],
            Fields = [.. all.Rows.Where(row => row["field"] is not null).GroupBy(row => row.Text("field")).Select(field => (field.Key, field.Count()))
                .OrderByDescending(field => field.Item2).ThenBy(field => field.Key, StringComparer.Ordinal)],
            Table = TableOf(shown, request),
            Total = fitting.Count,
            Previous = search.Start > 1 ? At(Math.Max(1, search.Start - DifferenceSearch.PageRows)) : null,
            Next = search.Start - 1 + shown.Count < fitting.Count ? At(search.Start + DifferenceSearch.PageRows) : null,
        };

        Task<Snapshot> FindAsync(int id) => ledger.ReadNowAsync(
            async (connection, cancel) => await SnapshotRows.TryFindAsync(connection, id, cancel)
                ?? throw Errors.Problems.NotFound($"there is no snapshot {id}: the page of snapshots lists those that are kept."),
            cancellationToken);

        string At(int start) => request.Here(("start", start == 1 ? null : start.ToString(CultureInfo.InvariantCulture)));
    }

    private static TableView TableOf(IEnumerable<ResultRow> rows, PageRequest request) => new(
        "What differs, film by film and field by field",
        [new("Film"), new("Change"), new("Field"), new("Before"), new("After")],
        [
            .. rows.Select(row => new TableRow(
            [
                new Cell(row["title"] ?? row["movie_id"]) { Link = FilmLinks.To(request.State, row.Whole("movie_id")) },
                new Cell(row["change"]), new Cell(row["field"] is string field ? field.Replace('_', ' ') : "the whole film"),
                Value(row, "before"), Value(row, "after"),
            ])),
        ]);

    /// <summary>A film that came or went has no field, and so no values: a dash would say that they are unknown.</summary>
    private static Cell Value(ResultRow row, string column) => row["field"] is null
        ? new Cell(row.Text("change") == "added" == (column == "after") ? "in the ledger" : "not there")
        : FindingTable.Shortened(new Cell(Amounts.Contains(row.Text("field")) && long.TryParse(row[column] as string, CultureInfo.InvariantCulture, out var amount)
            ? Figures.Exact(amount, Unit.Money) : row[column]));

    private static readonly string[] Amounts = ["budget", "revenue"];
}
