using CineLedger.SystemTests.CommandLine;
using Npgsql;

namespace CineLedger.SystemTests.Postgres;

/// <summary>Failures while a report is read or rows are written.</summary>
public sealed class ReportFaultTests(Datasets datasets) : IAsyncLifetime
{
    private readonly Workspace _workspace = new();
    private PostgresServer? _server;
    private string _store = "";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        // Small files of the write-ahead log, so that a file size limit affects only tables.
        _server = await PostgresServer.StartNewAsync("", "--wal-segsize=1");
        _store = await _server.CreateDatabaseAsync();
        await _workspace.RunSuccessfullyAsync("load", datasets.Movies, "--store", _store);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _workspace.Dispose();
    }

    [Theory]
    [InlineData("fast")]
    [InlineData("immediate")]
    public async Task A_server_stopped_during_a_report_gives_a_one_line_error_and_no_partial_file(string mode)
    {
        var before = await _workspace.ReadAnswersAsync(1, _store);

        // A lock on the table stops the report in the middle. Split amounts do not follow from the stored totals.
        await using (var holder = await _server!.ConnectAsync(_store.Split('/')[^1]))
        {
            await using var hold = new NpgsqlCommand("BEGIN; LOCK TABLE movie_genre IN ACCESS EXCLUSIVE MODE", holder);
            await hold.ExecuteNonQueryAsync(Cancel);
            await using var report = _workspace.Start("report", "genres", "--share", "equal", "--store", _store, "--output", "genres.csv");
            await _server.WaitForSessionAsync("application_name = 'cineledger' AND wait_event_type = 'Lock'");
            await _server.StopAsync(mode);
            Assert.Matches("during the query; try again", Workspace.OneLine(await report.WaitAsync(), 1));
        }

        Assert.False(File.Exists(_workspace.GetPath("genres.csv")));
        await _server.StartAsync();
        Assert.Equal(before, await _workspace.ReadAnswersAsync(1, _store));
    }

    [Fact]
    public async Task A_full_disk_fails_only_that_load()
    {
        var before = await _workspace.ReadAnswersAsync(1, _store);
        await _server!.LimitFilesAsync(1 << 20);
        var line = Workspace.OneLine(await _workspace.RunAsync("load", datasets.Large, "--accept", Workspace.AnyContent, "--store", _store), 1);
        Assert.Contains("cannot be written", line, StringComparison.Ordinal);
        Assert.Contains("Nothing was published", line, StringComparison.Ordinal);
        Assert.Equal(before, await _workspace.ReadAnswersAsync(1, _store));

        await _server.LimitFilesAsync(null);
        await _workspace.RunSuccessfullyAsync("load", datasets.Large, "--accept", Workspace.AnyContent, "--store", _store);
        Assert.Equal(before, await _workspace.ReadAnswersAsync(1, _store));
    }
}
