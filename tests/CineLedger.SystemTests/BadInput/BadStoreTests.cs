using CineLedger.Storage;
using CineLedger.SystemTests.CommandLine;
using DuckDB.NET.Data;
using static CineLedger.SystemTests.BadInput.BadSourceTests;

namespace CineLedger.SystemTests.BadInput;

public sealed class BadStoreTests(RefusingWorkspace refusing, Datasets datasets) : IClassFixture<RefusingWorkspace>
{
    private readonly Workspace _workspace = refusing.Workspace;

    [Fact]
    public async Task A_text_file_is_not_a_ledger_and_stays_unchanged()
    {
        _workspace.Write("notes.txt", "Milk, bread\n");
        await AssertRefusedAsync("notes.txt", "notes.txt", "not a DuckDB database", "Name another --store");
        Assert.Equal("Milk, bread\n", await File.ReadAllTextAsync(_workspace.GetPath("notes.txt"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_folder_is_not_a_ledger()
    {
        Directory.CreateDirectory(_workspace.GetPath("place"));
        await AssertRefusedAsync("place", "place is a folder", "--store names a file");
        Assert.Empty(Directory.GetFileSystemEntries(_workspace.GetPath("place")));
    }

    [Fact]
    public async Task A_foreign_database_is_refused_and_gets_no_tables()
    {
        await using (var connection = new DuckDBConnection($"DataSource={_workspace.GetPath("shop.duckdb")}"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await connection.ExecuteAsync("CREATE TABLE sale (id INTEGER)", TestContext.Current.CancellationToken);
        }

        await AssertRefusedAsync("shop.duckdb", "shop.duckdb is a DuckDB file but not a ledger", "Name another --store");
        await using var again = new DuckDBConnection($"DataSource={_workspace.GetPath("shop.duckdb")}");
        await again.OpenAsync(TestContext.Current.CancellationToken);
        var tables = await again.QueryAsync("SELECT table_name FROM duckdb_tables()", row => row.GetString(0), TestContext.Current.CancellationToken);
        Assert.Equal(["sale"], tables);
    }

    [Fact]
    public async Task A_damaged_ledger_is_reported_as_damaged()
    {
        var bytes = await File.ReadAllBytesAsync(_workspace.Store, TestContext.Current.CancellationToken);
        _workspace.Write("half.duckdb", bytes[..(bytes.Length / 2)]);
        var line = Workspace.OneLine(await _workspace.RunAsync("report", "companies", "--store", "half.duckdb"), 1);
        AssertSays(line, "half.duckdb");
        Assert.DoesNotContain("unexpected", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_file_becomes_a_new_ledger()
    {
        _workspace.Write("made-by-mktemp.duckdb", "");
        AssertSays(Workspace.OneLine(await _workspace.RunAsync("report", "companies", "--store", "made-by-mktemp.duckdb"), 1), "load a dataset first");
        await _workspace.RunSuccessfullyAsync("load", datasets.Clean, "--store", "made-by-mktemp.duckdb");
    }

    [Fact]
    public async Task A_missing_folder_is_named()
    {
        var line = Workspace.OneLine(await _workspace.RunAsync("load", datasets.Clean, "--store", "missing/x.duckdb"), 1);
        AssertSays(line, "missing", "does not exist", "--store");
    }

    [Fact]
    public async Task A_read_only_folder_is_reported_with_the_reason()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("requires Unix permissions");
            return;
        }

        var place = Directory.CreateDirectory(_workspace.GetPath("locked")).FullName;
        File.SetUnixFileMode(place, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        File.SetUnixFileMode(_workspace.Folder, (UnixFileMode)0b111_101_101);
        File.Copy(datasets.Clean, _workspace.GetPath("readable.zip"));

        // The superuser may write anywhere, so the command runs as "nobody" instead.
        var who = Environment.IsPrivilegedProcess ? "setpriv --reuid=65534 --regid=65534 --clear-groups " : "";
        var load = await _workspace.RunShellAsync($"{who}cineledger load readable.zip --store locked/x.duckdb");
        AssertSays(Workspace.OneLine(load, 1), "locked/x.duckdb", "Permission denied", "permissions", "--store");
        Assert.Empty(Directory.GetFileSystemEntries(place));
    }

    [Theory]
    [InlineData("report", "companies")]
    [InlineData("report", "genres")]
    [InlineData("report", "company-genres")]
    [InlineData("findings")]
    [InlineData("snapshots", "list")]
    [InlineData("snapshots", "diff", "1", "2")]
    [InlineData("snapshots", "history", "862")]
    public async Task Reading_a_missing_ledger_says_to_load_first(params string[] command)
    {
        var line = Workspace.OneLine(await _workspace.RunAsync([.. command, "--store", "nowhere.duckdb"]), 1);
        AssertSays(line, "there is no ledger nowhere.duckdb", "cineledger load SOURCE --store nowhere.duckdb");
        Assert.False(File.Exists(_workspace.GetPath("nowhere.duckdb")));
    }

    private async Task AssertRefusedAsync(string store, params string[] words)
    {
        AssertSays(Workspace.OneLine(await _workspace.RunAsync("load", datasets.Clean, "--store", store), 1), words);
        AssertSays(Workspace.OneLine(await _workspace.RunAsync("report", "companies", "--store", store), 1), words);
    }
}
