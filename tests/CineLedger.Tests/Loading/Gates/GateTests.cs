using CineLedger.Loading;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.DuckDb;
using CineLedger.Storage.Operations;
using CineLedger.Storage.Snapshots;
using CineLedger.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using static CineLedger.Tests.Support.MovieFile;

namespace CineLedger.Tests.Loading.Gates;

/// <summary>Tests what each gate says, how it is accepted, and what the ledger records about it.</summary>
public sealed class GateTests : IAsyncLifetime
{
    private const int Movies = 400;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cineledger-tests-");
    private DuckDbLedger? _ledger;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private DuckDbLedger Ledger => _ledger!;

    public async ValueTask InitializeAsync() => _ledger = await DuckDbLedger.OpenAsync(Path.Combine(_folder.FullName, "ledger.duckdb"), Cancel);

    public async ValueTask DisposeAsync()
    {
        await Ledger.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_column_that_is_lost_stops_the_load_and_the_message_names_it_with_figures_and_examples()
    {
        await LoadAsync(id => Varied(id));
        var error = await RefusedAsync(id => Varied(id, ("budget", "0")));
        Assert.Equal(("coverage", "budget"), (error.Violations[0].Gate, error.Violations[0].Column));
        Assert.StartsWith("budget is no longer known for 400 of 400 movies that had it (1: 2000006 → unknown, ", error.Message, StringComparison.Ordinal);
        Assert.Contains("nothing was published", error.Message, StringComparison.Ordinal);
        Assert.Contains("cineledger findings --load last", error.Message, StringComparison.Ordinal);
        Assert.Contains("--accept coverage", error.Message, StringComparison.Ordinal);
        Assert.Contains("cineledger snapshots revert", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, await CountSnapshotsAsync());
    }

    [Theory]
    [InlineData("coverage", "release_date", "release_date", "")]
    [InlineData("coverage", "genres", "genres", "[]")]
    [InlineData("changed", "title", "title", "Another title")]
    [InlineData("changed", "production_companies", "production_companies", "[{'name': 'Another', 'id': 7}]")]
    [InlineData("amounts", "popularity", "popularity", "9000")]
    [InlineData("field-rejects", "revenue", "revenue", "€2,787,965,087.00")]
    public async Task A_damaged_column_is_stopped_by_the_gate_that_names_it(string gate, string column, string field, string text)
    {
        await LoadAsync(id => Varied(id));
        var error = await RefusedAsync(id => Varied(id, (field, text)));
        Assert.Contains((gate, column), error.Violations.Select(violation => (violation.Gate, violation.Column!)));
    }

    [Fact]
    public async Task Amounts_in_thousands_and_swapped_amounts_are_stopped_in_a_first_load()
    {
        Assert.Contains(("amounts", "budget"), Pairs(await RefusedAsync(id => Varied(id, ("budget", $"{1 + (id % 50)}")))));
        Assert.Contains(("amounts", "budget"), Pairs(await RefusedAsync(id => Varied(id, ("budget", Varied(id)["revenue"]), ("revenue", Varied(id)["budget"])))));
    }

    [Fact]
    public async Task Movies_under_new_ids_are_duplicates()
    {
        await LoadAsync(id => Varied(id));
        var error = await Assert.ThrowsAsync<QualityGateException>(
            () => LoadAsync(new(), [.. Enumerable.Range(1, Movies).Select(id => Varied(id)), .. Enumerable.Range(1, 40).Select(id => Varied(id).With(("id", $"{5000 + id}")))]));
        Assert.Equal([("duplicates", "id")], Pairs(error));
    }

    [Fact]
    public async Task A_file_without_dates_amounts_and_lists_is_not_a_movies_file()
    {
        var error = await Assert.ThrowsAsync<QualityGateException>(() => LoadAsync(new(), Bare(1), Bare(2), Bare(3)));
        Assert.Equal("kind", error.Violations.Single().Gate);
    }

    [Fact]
    public async Task A_few_changed_movies_and_new_votes_of_all_are_a_normal_month()
    {
        await LoadAsync(id => Varied(id));
        var summary = await LoadAsync(id => Varied(id, ("popularity", $"{1 + ((id + 3) % 30)}.5"), ("vote_count", $"{20 + (id * 13 % 900)}"), ("title", id < 15 ? "New" : $"Movie {id}")));
        Assert.True(summary.IsPublished);
        Assert.Empty(summary.Accepted);
    }

    [Fact]
    public async Task An_accepted_gate_lets_the_load_pass_and_the_ledger_records_who_accepted_what()
    {
        await LoadAsync(id => Varied(id));
        var options = new LoadOptions { AcceptedGates = QualityGates.Parse("coverage, amounts"), AcceptedBy = "ann@studio" };
        var record = LoadRecord.Begin(LoadTrigger.Command, "movies.csv", DateTime.UtcNow);
        await LoadRecorder.RunAsync(
            Ledger, record,
            async () => await LoadAsync(options, [.. Enumerable.Range(1, Movies).Select(id => Varied(id, ("budget", "0")))]) is var summary ? (summary.Snapshot, summary) : default,
            TimeProvider.System, NullLogger.Instance, Cancel);
        var stored = await LoadRows.FindAsync(Ledger.Connection, record.Id, Cancel);
        Assert.Equal(LoadState.Published, stored!.State);
        Assert.All(stored.Violations, violation => Assert.Equal("ann@studio", violation.AcceptedBy));
        Assert.Contains(("coverage", "budget"), stored.Violations.Select(violation => (violation.Gate, violation.Column!)));
        var figures = await SnapshotFigureRows.FindAsync(Ledger.Connection, 2, Cancel);
        Assert.Equal((400L, 0L, 400L), (figures!.Movies, figures.GetKnown("budget"), figures.GetKnown("genres")));

        // The next load of the same kind has nothing to accept.
        Assert.True((await LoadAsync(id => Varied(id, ("budget", "0"), ("vote_count", $"{11 + (id * 13 % 900)}")))).IsPublished);
    }

    [Fact]
    public async Task A_stopped_load_keeps_its_violations_figures_and_first_findings()
    {
        await LoadAsync(id => Varied(id));
        var record = LoadRecord.Begin(LoadTrigger.Command, "movies.csv", DateTime.UtcNow);
        await Assert.ThrowsAsync<QualityGateException>(() => LoadRecorder.RunAsync(
            Ledger, record,
            async () => await LoadAsync(new(), [.. Enumerable.Range(1, Movies).Select(id => Varied(id, ("budget", "many")))]) is var summary ? (summary.Snapshot, summary) : default,
            TimeProvider.System, NullLogger.Instance, Cancel));
        var stored = await LoadRows.FindAsync(Ledger.Connection, record.Id, Cancel);
        Assert.Equal((LoadState.Gated, "field-rejects"), (stored!.State, stored.Violations.Single().Gate));
        Assert.Null(stored.Violations.Single().AcceptedBy);
        Assert.Equal(50L, await Ledger.Connection.ExecuteScalarAsync("SELECT COUNT(*) FROM load_finding WHERE rule = 'invalid-number'", Cancel));
    }

    [Fact]
    public void An_unknown_gate_is_refused_with_the_list_of_gates() =>
        Assert.StartsWith("--accept: there is no gate 'shrunk'; the gates are rejects, ", Assert.Throws<UsageException>(() => QualityGates.Parse("shrunk")).Message, StringComparison.Ordinal);

    private static IEnumerable<(string, string)> Pairs(QualityGateException error) => error.Violations.Select(violation => (violation.Gate, violation.Column!)).Distinct();

    private Task<LoadSummary> LoadAsync(Func<long, MovieRow> create) => LoadAsync(new(), [.. Enumerable.Range(1, Movies).Select(id => create(id))]);

    private Task<QualityGateException> RefusedAsync(Func<long, MovieRow> create) => Assert.ThrowsAsync<QualityGateException>(() => LoadAsync(create));

    private Task<LoadSummary> LoadAsync(LoadOptions options, params MovieRow[] rows) => Loader.LoadAsync(Ledger, MemoryDataset.Create(Text(rows)), options, null, Cancel);

    private async Task<long> CountSnapshotsAsync() => (long)(await Ledger.Connection.ExecuteScalarAsync("SELECT COUNT(*) FROM snapshot", Cancel))!;
}
