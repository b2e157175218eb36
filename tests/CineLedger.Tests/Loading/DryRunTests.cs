using CineLedger.Cleaning;
using CineLedger.Loading;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.DuckDb;
using CineLedger.Storage.Snapshots;
using CineLedger.Tests.Support;
using static CineLedger.Tests.Support.MovieFile;

namespace CineLedger.Tests.Loading;

/// <summary>Tests what a dry run reports, and that it agrees with the load.</summary>
public sealed class DryRunTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cineledger-tests-");
    private DuckDbLedger? _ledger;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private DuckDbLedger Ledger => _ledger!;

    public async ValueTask InitializeAsync() => _ledger = await DuckDbLedger.OpenAsync(Path.Combine(_folder.FullName, "movies.duckdb"), Cancel);

    public async ValueTask DisposeAsync()
    {
        await Ledger.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void Every_notation_of_lists_has_a_name_for_readers()
    {
        foreach (var notation in Enum.GetValues<ListNotation>())
        {
            Assert.NotEmpty(ListNotationNames.Get(notation));
        }
    }

    [Fact]
    public async Task It_reports_the_counts_and_findings_of_the_load_and_leaves_the_ledger_unchanged()
    {
        await LoadAsync([.. Enumerable.Range(1, 60).Select(id => Varied(id))], Accept.AnyContent);
        MovieRow[] next = [.. Enumerable.Range(2, 60).Select(id => Varied(id, ("budget", id == 5 ? "12" : $"{(1 + (id % 50)) * 1_000_003}"))), Varied(7), Varied(2, ("revenue", "GATORADE"))];
        var before = await StateAsync();
        var run = await RunAsync(Create(next), Accept.Anything);
        Assert.Equal(before, await StateAsync());
        var summary = await LoadAsync(next, Accept.Anything);
        Assert.Equal((DryRunOutcome.Publish, 1), (run.Outcome, run.ComparedWith));
        Assert.Equal(
            new DryRunCounts(
                summary.Records, summary.MoviesRead, summary.Snapshot.Added, summary.Snapshot.Changed, summary.Snapshot.Removed, summary.Snapshot.Movies, summary.Snapshot.Undated),
            run.Counts);
        Assert.Equal((1, 2, 1), (run.Counts!.Added, run.Counts.Changed, run.Counts.Removed));
        Assert.Equal(summary.Findings, run.Findings.Select(rule => new FindingCount((FindingKind)FindingKindNames.All.ToList().IndexOf(rule.Kind), rule.Rule, rule.Count)));
        var flagged = run.Findings.First(rule => rule.Rule == Rules.SuspiciousAmount).Examples[0];
        Assert.Equal((5L, "budget", "12"), (flagged.MovieId, flagged.Field, flagged.Value));
    }

    [Fact]
    public async Task An_unchanged_source_would_publish_nothing_and_history_does_not_count()
    {
        await LoadAsync([Full(1, ("budget", "5000"))], Accept.AnyContent);
        await LoadAsync([Full(1)], Accept.AnyContent);
        var run = await RunAsync(Create([Full(1)]), Accept.AnyContent);
        Assert.Equal((DryRunOutcome.Unchanged, 2, new DryRunCounts(1, 1, 0, 0, 0, 1, 0)), (run.Outcome, run.ComparedWith, run.Counts));
    }

    [Fact]
    public async Task It_lists_the_gates_of_all_stages_where_a_load_stops_at_the_first()
    {
        MovieRow[] movies = [.. Enumerable.Range(1, 100).Select(id => Varied(id))];
        await LoadAsync(movies, new());
        MovieRow[] damaged = [.. movies.Take(60).Select((movie, i) => i < 10 ? movie.With(("budget", "GATORADE"), ("revenue", "")) : movie.With(("revenue", "0")))];
        var run = await RunAsync(Create(damaged), new());
        Assert.Equal(DryRunOutcome.Gated, run.Outcome);
        var gates = run.Violations.Select(violation => violation.Gate).Distinct().ToList();
        Assert.Contains(QualityGates.FieldRejects, gates);
        Assert.Contains(QualityGates.Shrink, gates);
        Assert.Contains(QualityGates.Coverage, gates);
        Assert.Equal(40, run.Counts!.Removed);
        var stopped = await Assert.ThrowsAsync<QualityGateException>(() => LoadAsync(damaged, new()));
        Assert.Equal(stopped.Message, run.Refusal!.Message);

        var some = await RunAsync(Create(damaged), new() { AcceptedGates = gates.Where(gate => gate != QualityGates.Coverage).ToHashSet(), AcceptedBy = "ann" });
        Assert.Equal([QualityGates.Coverage], some.Violations.Where(violation => violation.AcceptedBy is null).Select(violation => violation.Gate).Distinct());
        Assert.Equal(DryRunOutcome.Publish, (await RunAsync(Create(damaged), new() { AcceptedGates = gates.ToHashSet(), AcceptedBy = "ann" })).Outcome);
    }

    [Fact]
    public async Task A_source_without_a_usable_movie_is_stopped_by_the_gate_or_fails_like_its_load()
    {
        var run = await RunAsync(MemoryDataset.Create(Header() + "1,2\n3,4\n5,6\n7,8\n"), new());
        Assert.Equal((DryRunOutcome.Gated, null), (run.Outcome, run.ComparedWith));
        Assert.Equal(4, run.Findings.Single(rule => rule.Rule == Rules.WrongColumnCount).Count);
        var error = await Assert.ThrowsAsync<LedgerException>(() => RunAsync(MemoryDataset.Create(Header()), new()));
        Assert.Contains("contains no movie", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_merge_of_some_years_counts_only_what_it_adds_and_changes()
    {
        await LoadAsync([Varied(1, ("release_date", "2001-02-03")), Varied(2, ("release_date", "2002-02-03"))], Accept.AnyContent);
        var run = await RunAsync(
            Create([Varied(2, ("release_date", "2002-02-04")), Varied(3, ("release_date", "2002-02-03")), Varied(4, ("release_date", "2005-02-03"))]),
            Accept.AnyContent with { IsMerge = true, Years = YearSet.Parse("2002") });
        Assert.Equal((1, 1, 0, 3), (run.Counts!.Added, run.Counts.Changed, run.Counts.Removed, run.Counts.Movies));
    }

    [Fact]
    public async Task Ratings_and_lists_are_compared_with_those_of_the_ledger_and_each_file_is_described()
    {
        MovieRow[] movies = [Full(11), Full(12)];
        await Loader.LoadAsync(Ledger, RelatedFiles.Dataset(movies), Accept.AnyContent, null, Cancel);
        Assert.Equal(DryRunOutcome.Unchanged, (await RunAsync(RelatedFiles.Dataset(movies), Accept.AnyContent)).Outcome);
        var run = await RunAsync(RelatedFiles.Dataset(movies, keywords: "id,keywords,note\n11,\"a, b\",x\n12,\"c, d\",\n"), Accept.AnyContent);
        Assert.Equal((0, 2, 4), (run.Counts!.Added, run.Counts.Changed, run.Keywords!.Items));
        Assert.Equal(["movies_metadata.csv", "credits.csv", "keywords.csv", "links.csv", "ratings.csv"], run.Files.Select(file => file.Name));
        var keywords = run.Files[2];
        Assert.Equal(("The Movies Dataset, keywords", "CSV", ","), (keywords.Layout, keywords.Format, keywords.Delimiter));
        Assert.Equal(["note"], keywords.Unread);
        Assert.Equal([new("id", "id"), new("keywords", "keywords") { Notation = "names separated by ', '" }], keywords.Columns);
        Assert.Equal("Python or JSON lists", run.Files[0].Columns.Single(column => column.ReadAs == "genres").Notation);
        Assert.Equal(["userId", "movieId", "rating", "timestamp"], run.Files[4].Columns.Select(column => column.ReadAs));
    }

    [Fact]
    public async Task Other_names_and_missing_columns_are_described()
    {
        var run = await RunAsync(
            MemoryDataset.Create("TMDB_ID,Title,genres,production_companies,budget,revenue,release_date,popularity,vote_average,vote_count,runtime,original_language,status,mood\n"
                + "7,A,Drama|Comedy,North,1000000,2000000,2001-02-03,1,2,3,90,en,Released,glad\n"), Accept.AnyContent);
        var file = Assert.Single(run.Files);
        Assert.Equal(new ColumnInterpretation("TMDB_ID", "id"), file.Columns[0]);
        Assert.Equal(new ColumnInterpretation("Title", "title"), file.Columns[1]);
        Assert.Equal("names separated by '|'", file.Columns[2].Notation);
        Assert.Equal("a single name", file.Columns[3].Notation);
        Assert.Equal(["mood"], file.Unread);
        Assert.Contains("imdb_id", file.Missing);
    }

    private static MemoryDataset Create(MovieRow[] movies) => MemoryDataset.Create(Text(movies));

    private Task<LoadSummary> LoadAsync(MovieRow[] movies, LoadOptions options) => Loader.LoadAsync(Ledger, Create(movies), options, null, Cancel);

    /// <summary>Runs a dry run on another connection to the ledger, which is closed afterwards.</summary>
    private Task<DryRun> RunAsync(MemoryDataset dataset, LoadOptions options) => DryRunner.RunAsync(
        dataset, async cancel => await Ledger.ShareWithLoadAsync(0, small: true, () => ValueTask.CompletedTask, cancel), options, null, Cancel);

    /// <summary>Returns the number of rows of every table.</summary>
    private async Task<List<string>> StateAsync()
    {
        var rows = new List<string>();
        foreach (var table in LedgerCopy.Tables.Concat(LedgerCopy.NotCopied))
        {
            rows.Add($"{table}: {await Ledger.Connection.ExecuteScalarAsync($"SELECT COUNT(*) FROM {table}", Cancel)}");
        }

        return rows;
    }
}
