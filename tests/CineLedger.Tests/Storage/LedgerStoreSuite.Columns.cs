using CineLedger.Loading;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Reports.Queries;
using CineLedger.Storage.Operations;
using CineLedger.Tests.Support;
using CsCheck;
using static CineLedger.Tests.Support.MovieFile;

namespace CineLedger.Tests.Storage;

/// <summary>Tests of files that do not have all columns.</summary>
public abstract partial class LedgerStoreSuite
{
    private static readonly string[] SomeColumns = ["id", "original_title", "budget", "vote_count"];

    [Fact]
    public async Task A_file_without_columns_loads_and_says_what_is_not_in_the_source()
    {
        var summary = await LoadAsync(CreateDataset(SomeColumns, Full(1), Full(2)), new LoadOptions { AcceptedGates = new HashSet<string>() }, null, Cancel);
        Assert.Equal(["release_date", "revenue", "popularity", "genres"], summary.MissingColumns.Take(4));
        Assert.Equal(summary.MissingColumns.Count, Assert.Single(summary.Findings, finding => finding.Rule == Rules.MissingColumn).Count);
        Assert.Equal(["Toy Story", "Toy Story"], (await ReadAsync(1)).Select(movie => movie.Title));

        // The same file again changes nothing and is not stopped.
        Assert.False((await LoadAsync(CreateDataset(SomeColumns, Full(1), Full(2)), new LoadOptions(), null, Cancel)).IsPublished);
    }

    [Fact]
    public async Task A_full_load_without_a_column_that_the_ledger_knows_is_stopped_however_small_the_ledger_is()
    {
        await LoadAsync(Full(1), Full(2, ("genres", "[]"), ("title", "Heat")));
        var error = await Assert.ThrowsAsync<QualityGateException>(() => LoadAsync(CreateDataset(SomeColumns, Full(1), Full(2)), new LoadOptions(), null, Cancel));
        var violation = error.Violations.Single(violation => violation.Column == "genres");
        Assert.Equal(
            (QualityGates.Coverage, "genres is not in the source, but known for 1 of the ledger's 2 movies (1: Animation); use --merge to keep it"), (violation.Gate, violation.Message));
        Assert.Contains(error.Violations, other => other is { Column: "runtime" } && other.Message.Contains("(1: 81, 2: 81)", StringComparison.Ordinal));
        Assert.DoesNotContain(error.Violations, other => other.Column is "budget" or "vote_count");
        Assert.Equal(1, (await LoadAsync(Full(1), Full(2, ("genres", "[]"), ("title", "Heat")))).Snapshot.Id);

        var accepted = await LoadAsync(CreateDataset(SomeColumns, Full(1), Full(2)), Accept.AnyContent, null, Cancel);
        Assert.Empty((await ReadAsync(2)).SelectMany(movie => movie.Genres));
        Assert.Contains(accepted.Accepted, other => other is { Gate: QualityGates.Coverage, Column: "genres" });
    }

    [Fact]
    public async Task A_merge_keeps_what_the_ledger_has_of_columns_that_the_file_does_not_have()
    {
        MovieRow[] rows = [Full(1, ("title", "A Toy's Story")), Full(2), Full(3)];
        await LoadAsync(rows);
        var before = await MoviesAsync(1);

        var unchanged = await LoadAsync(CreateDataset(SomeColumns, rows), new LoadOptions { IsMerge = true }, null, Cancel);
        Assert.False(unchanged.IsPublished);

        var changed = await LoadAsync(
            CreateDataset(SomeColumns, rows[0].With(("budget", "31000000")), rows[1], Full(4)), new LoadOptions { IsMerge = true }, null, Cancel);
        Assert.Equal((1, 1, 0), (changed.Snapshot.Added, changed.Snapshot.Changed, changed.Snapshot.Removed));
        var movies = await ReadAsync(changed.Snapshot.Id);
        Assert.Equal([31_000_000, 30_000_000, 30_000_000, 30_000_000], movies.Select(movie => movie.Budget));
        Assert.Equal(("A Toy's Story", 2, "US", "en"), (movies[0].Title, movies[0].Genres.Count, movies[0].Countries[0].Code, movies[0].Languages[0].Code));
        Assert.Equal(("Toy Story", 0, null), (movies[3].Title, movies[3].Genres.Count, movies[3].Revenue));
        Assert.Equal(before, await MoviesAsync(1));
    }

    /// <summary>Merging any columns of a changed dataset changes those columns and nothing else, in batches of any size.</summary>
    [Fact]
    public async Task A_merge_of_some_columns_equals_a_full_load_of_the_same_changes()
    {
        string[] optional = [.. Columns.Except(["id", "title"])];
        MovieRow[] rows = [.. Enumerable.Range(1, 60).Select(id => Varied(id))];
        await LoadAsync(rows);
        await Gen.Select(Gen.Shuffle(optional), Gen.Int[0, optional.Length]).SampleAsync(
            async (order, count) =>
            {
                string[] columns = ["id", "title", .. order.Take(count)];
                MovieRow[] changed = [.. rows.Select((row, index) => index % 7 == 0 ? Varied(1_000 + index).With(("id", row["id"])) : row)];
                var summary = await LoadAsync(CreateDataset(columns, changed), Accept.Anything with { IsMerge = true }, null, Cancel);
                var merged = await MoviesAsync(summary.Snapshot.Id);

                MovieRow[] expected = [.. rows.Select((row, index) => row.With([.. columns.Select(column => (column, changed[index][column]))]))];
                summary = await LoadAsync(Accept.Anything, expected);
                Assert.False(summary.IsPublished);
                Assert.Equal(merged, await MoviesAsync(summary.Snapshot.Id));
                await LoadAsync(Accept.Anything, rows);
            },
            iter: 5, threads: 1);
    }

    [Fact]
    public async Task Reports_say_which_of_their_columns_are_not_in_the_source()
    {
        await LoadAsync(CreateDataset(["id", "title", "budget", "release_date"], Full(1), Full(2)), new LoadOptions(), null, Cancel);
        Assert.Equal(
            ["Genres are not in the source of this snapshot.", "Popularity is not in the source of this snapshot.", "Revenue is not in the source of this snapshot."],
            (await ReadNotesAsync(1, "genre", "popularity", "budget", "revenue")).Order());
        Assert.Equal(["Production companies are not in the source of this snapshot."], await ReadNotesAsync(1, "company", "releases"));
        Assert.Empty(await ReadNotesAsync(1, "year", "budget"));

        // A merge of the columns makes them known; the old snapshot still lacks them, and a merge of other columns keeps them.
        await LoadAsync(CreateDataset(["id", "title", "genres"], Full(1)), new LoadOptions { IsMerge = true }, null, Cancel);
        await LoadAsync(CreateDataset(["id", "title", "budget"], Full(1, ("budget", "31000000"))), new LoadOptions { IsMerge = true }, null, Cancel);
        Assert.Empty(await ReadNotesAsync(3, "genre", "budget"));
        Assert.Equal(["Revenue is not in the source of this snapshot."], await ReadNotesAsync(3, "year", "revenue"));
        Assert.Equal(["Genres are not in the source of this snapshot."], await ReadNotesAsync(1, "genre", "budget"));
    }

    [Fact]
    public async Task The_record_of_a_load_names_the_columns_that_are_not_in_the_source()
    {
        string[] columns = [.. Columns.Except(["genres", "runtime"])];
        foreach (var rows in (MovieRow[][])[[Full(1)], [Full(1), Full(2)], [Full(1), Full(2)]])
        {
            await LoadRecorder.RunAsync(
                Ledger,
                LoadRecord.Begin(LoadTrigger.Command, "memory", DateTime.UtcNow),
                async () => await LoadAsync(CreateDataset(columns, rows), new LoadOptions(), null, Cancel) is var summary ? (summary.Snapshot, summary) : default,
                TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance, Cancel);
        }

        var loads = await LoadHistory.ListAsync(Connection, new LoadFilter(), Cancel);
        Assert.Equal([LoadState.Unchanged, LoadState.Published, LoadState.Published], loads.Select(load => load.State));
        Assert.All(loads, load => Assert.Equal(["genres", "runtime"], load.MissingColumns));
        Assert.Equal(["genres", "runtime"], (await LoadRows.FindAsync(Connection, loads[0].Id, Cancel))!.MissingColumns);
        await using var list = await LoadList.OpenAsync(Connection, new LoadFilter { Limit = 1 }, Cancel);
        Assert.True(await list.Rows.ReadAsync(Cancel));
        Assert.Equal("genres, runtime", list.Rows.GetString(LoadList.Columns.Count - 1));
    }

    private async Task<IReadOnlyList<string>> ReadNotesAsync(int snapshot, string dimension, params string[] measures)
    {
        var query = new QueryRequest { By = [Dimensions.Find(dimension, "--by")], Measures = [.. measures.Select(Measures.Parse)] };
        var asOf = (await CineLedger.Storage.Snapshots.SnapshotRows.TryFindAsync(Connection, snapshot, Cancel))!;
        return (await ReportRunner.ReadCoverageAsync(Connection, query, asOf, Cancel)).Notes;
    }

    private static MemoryDataset CreateDataset(string[] columns, params MovieRow[] rows) =>
        MemoryDataset.Create(CsvText.Row(columns) + "\n" + string.Concat(rows.Select(row => row.Write(columns) + "\n")));
}
