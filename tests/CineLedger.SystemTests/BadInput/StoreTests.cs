using CineLedger.Storage;
using CineLedger.SystemTests.CommandLine;
using DuckDB.NET.Data;
using static CineLedger.SystemTests.BadInput.SourceTests;

namespace CineLedger.SystemTests.BadInput;

public sealed class StoreTests(RefusingDesk refusing, Datasets datasets) : IClassFixture<RefusingDesk>
{
    private readonly Desk _desk = refusing.Desk;

    [Fact]
    public async Task A_text_file_is_no_ledger_and_stays_as_it_is()
    {
        _desk.Write("notes.txt", "Milk, bread\n");
        await RefusedAsync("notes.txt", "notes.txt", "not a DuckDB database", "Name another --store");
        Assert.Equal("Milk, bread\n", await File.ReadAllTextAsync(_desk.PathOf("notes.txt"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_folder_is_no_ledger()
    {
        Directory.CreateDirectory(_desk.PathOf("place"));
        await RefusedAsync("place", "place is a folder", "--store names a file");
        Assert.Empty(Directory.GetFileSystemEntries(_desk.PathOf("place")));
    }

    [Fact]
    public async Task Somebody_elses_database_is_no_ledger_and_gets_no_tables()
    {
        await using (var connection = new DuckDBConnection($"DataSource={_desk.PathOf("shop.duckdb")}"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await connection.ExecuteAsync("CREATE TABLE sale (id INTEGER)", TestContext.Current.CancellationToken);
        }

        await RefusedAsync("shop.duckdb", "shop.duckdb is a DuckDB file but no ledger", "Name another --store");
        await using var again = new DuckDBConnection($"DataSource={_desk.PathOf("shop.duckdb")}");
        await again.OpenAsync(TestContext.Current.CancellationToken);
        var tables = await again.QueryAsync("SELECT table_name FROM duckdb_tables()", row => row.GetString(0), TestContext.Current.CancellationToken);
        Assert.Equal(["sale"], tables);
    }

    [Fact]
    public async Task A_damaged_ledger_is_told_as_such()
    {
        var bytes = await File.ReadAllBytesAsync(_desk.Store, TestContext.Current.CancellationToken);
        _desk.Write("half.duckdb", bytes[..(bytes.Length / 2)]);
        var line = Desk.OneLine(await _desk.RunAsync("report", "companies", "--store", "half.duckdb"), 1);
        Says(line, "half.duckdb");
        Assert.DoesNotContain("unexpected", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_no_bytes_is_a_place_for_a_new_ledger()
    {
        _desk.Write("made-by-mktemp.duckdb", "");
        Says(Desk.OneLine(await _desk.RunAsync("report", "companies", "--store", "made-by-mktemp.duckdb"), 1), "load a dataset first");
        await _desk.GoodAsync("load", datasets.Clean, "--store", "made-by-mktemp.duckdb");
    }

    [Fact]
    public async Task A_folder_that_is_missing_is_named()
    {
        var line = Desk.OneLine(await _desk.RunAsync("load", datasets.Clean, "--store", "missing/x.duckdb"), 1);
        Says(line, "missing", "does not exist", "--store");
    }

    [Fact]
    public async Task A_folder_that_may_not_be_written_is_told_with_the_reason()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("permissions are set as Unix has them");
            return;
        }

        var place = Directory.CreateDirectory(_desk.PathOf("locked")).FullName;
        File.SetUnixFileMode(place, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        File.SetUnixFileMode(_desk.Folder, (UnixFileMode)0b111_101_101);
        File.Copy(datasets.Clean, _desk.PathOf("readable.zip"));

        // The superuser may write anywhere: then the command runs as nobody.
        var who = Environment.IsPrivilegedProcess ? "setpriv --reuid=65534 --regid=65534 --clear-groups " : "";
        var load = await _desk.ShellAsync($"{who}cineledger load readable.zip --store locked/x.duckdb");
        Says(Desk.OneLine(load, 1), "locked/x.duckdb", "Permission denied", "permissions", "--store");
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
    public async Task Whoever_asks_a_ledger_that_is_not_there_is_told_to_load_first(params string[] command)
    {
        var line = Desk.OneLine(await _desk.RunAsync([.. command, "--store", "nowhere.duckdb"]), 1);
        Says(line, "there is no ledger nowhere.duckdb", "cineledger load SOURCE --store nowhere.duckdb");
        Assert.False(File.Exists(_desk.PathOf("nowhere.duckdb")));
    }

    private async Task RefusedAsync(string store, params string[] words)
    {
        Says(Desk.OneLine(await _desk.RunAsync("load", datasets.Clean, "--store", store), 1), words);
        Says(Desk.OneLine(await _desk.RunAsync("report", "companies", "--store", store), 1), words);
    }
}
