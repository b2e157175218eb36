using System.Data.Common;
using System.Security.Cryptography;
using System.Text.Json;
using CineLedger.Export.Snapshots;
using CineLedger.Loading;
using CineLedger.Model;
using CineLedger.Reports.Views;
using CineLedger.Storage;
using CineLedger.Storage.DuckDb;
using CineLedger.Storage.Snapshots;
using CineLedger.Tests.SqlSandbox;
using CineLedger.Tests.Support;
using DuckDB.NET.Data;
using Microsoft.Data.Sqlite;
using static CineLedger.Tests.Support.MovieFile;

namespace CineLedger.Tests.Export.Snapshots;

public sealed class SnapshotExportTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cineledger-tests-");
    private DuckDbLedger? _ledger;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private DuckDbLedger Ledger => _ledger!;

    public static TheoryData<string, string> Targets => new() { { "files", "parquet" }, { "movies.duckdb", "duckdb" }, { "movies.sqlite", "sqlite" }, { "texts", "csv" } };

    public async ValueTask InitializeAsync()
    {
        _ledger = await DuckDbLedger.OpenAsync(GetPath("ledger.duckdb"), Cancel);
        await SqlLedger.LoadAsync(Ledger);
        await Loader.LoadAsync(Ledger, RelatedFiles.Dataset(Full(11), Full(12)), Accept.Anything, null, Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await Ledger.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Every_view_is_written_as_of_the_snapshot(string name, string format)
    {
        foreach (var snapshot in (int[])[3, 1])
        {
            var summary = await ExportAsync(name, format, snapshot);
            var views = await SnapshotViews.ReadAsync(Cancel);
            var rows = 0L;
            await using var export = await OpenAsync(name, format);
            foreach (var view in views)
            {
                var expected = await ReadAsync(Ledger.Connection, view.Columns.Select(column => column.Name), $"({view.BuildSql(snapshot, "")})");
                Assert.Equal(expected, await ReadAsync(export, view.Columns.Select(column => column.Name), GetTable(name, format, view.Name)));
                rows += expected.Count;
            }

            Assert.Equal((views.Count, rows), (summary.Tables, summary.Rows));
            Assert.True(rows > 10 && summary.Bytes > 1000);
        }

        Assert.DoesNotContain(Entries(), entry => entry.StartsWith($"{name}.", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task The_dictionary_describes_every_column(string name, string format)
    {
        await ExportAsync(name, format);
        await using var export = await OpenAsync(name, format);
        var dictionary = format is "parquet" or "csv" ? $"read_csv('{GetPath(name)}/dictionary.csv')" : "data_dictionary";
        Assert.Equal(
            (await SnapshotViews.ReadAsync(Cancel)).SelectMany(view => view.Columns.Select(column => $"{view.Name}|{column.Name}|{column.Type}|{column.Meaning}")).Order(StringComparer.Ordinal),
            await ReadAsync(export, ["table_name", "column_name", "type", "meaning"], dictionary));
        Assert.Contains("company_years|revenue|US dollars|unknown for all movies of the row", await ReadAsync(export, ["table_name", "column_name", "unit", "null_meaning"], dictionary));
        Assert.Contains("movies|movie_id||", await ReadAsync(export, ["table_name", "column_name", "unit", "null_meaning"], dictionary));
    }

    [Fact]
    public async Task The_manifest_of_a_folder_lists_its_files_with_their_hashes()
    {
        await ExportAsync("files", "parquet", 1);
        using var manifest = JsonDocument.Parse(await File.ReadAllBytesAsync(GetPath("files/manifest.json"), Cancel));
        var root = manifest.RootElement;
        Assert.Equal(("parquet", 1, "memory"), (root.GetProperty("format").GetString(), root.GetProperty("snapshot").GetInt32(), root.GetProperty("source").GetString()));
        Assert.StartsWith("CineLedger ", root.GetProperty("writtenBy").GetString(), StringComparison.Ordinal);
        var files = root.GetProperty("files").EnumerateArray().ToDictionary(file => file.GetProperty("file").GetString()!);
        Assert.Equal(Directory.GetFiles(GetPath("files")).Select(Path.GetFileName).Order(StringComparer.Ordinal), files.Keys.Append("manifest.json").Order(StringComparer.Ordinal));
        foreach (var (name, file) in files)
        {
            var content = await File.ReadAllBytesAsync(GetPath($"files/{name}"), Cancel);
            Assert.Equal((content.LongLength, Convert.ToHexStringLower(SHA256.HashData(content))), (file.GetProperty("bytes").GetInt64(), file.GetProperty("sha256").GetString()));
        }

        Assert.Equal(3, files["movies.parquet"].GetProperty("rows").GetInt64());
    }

    [Theory]
    [InlineData("movies.duckdb", "duckdb")]
    [InlineData("movies.sqlite", "sqlite")]
    public async Task A_single_file_has_its_manifest_as_a_table(string name, string format)
    {
        await ExportAsync(name, format, 2);
        await using var export = await OpenAsync(name, format);
        Assert.Contains("movies|2|2|memory", await ReadAsync(export, ["table_name", "rows", "snapshot_id", "source"], "manifest"));
    }

    /// <summary>A ledger on a server is read row by row.</summary>
    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Rows_of_a_reader_make_the_same_tables_as_a_copy_by_the_engine(string name, string format)
    {
        await ExportAsync(name, format);
        var other = Path.Combine(_folder.FullName, "other");
        var chosen = ExportFormat.All.Single(known => known.Name == format);
        if (chosen.IsFolder)
        {
            Directory.CreateDirectory(other);
        }

        var views = await SnapshotViews.ReadAsync(Cancel);
        await using (var writer = chosen.CreateWriter(other, new ReadingConnection(Ledger.Connection)))
        {
            await writer.BeginAsync(Cancel);
            foreach (var view in views)
            {
                await writer.WriteAsync(ExportTable.Create(view, 3), Cancel);
            }
        }

        await using var copied = await OpenAsync(name, format);
        await using var read = await OpenAsync("other", format);
        foreach (var view in views)
        {
            var columns = view.Columns.Select(column => column.Name).ToList();
            Assert.Equal(await ReadAsync(copied, columns, GetTable(name, format, view.Name)), await ReadAsync(read, columns, GetTable("other", format, view.Name)));
            if (format is "parquet" or "duckdb")
            {
                Assert.Equal(await DescribeAsync(copied, GetTable(name, format, view.Name)), await DescribeAsync(read, GetTable("other", format, view.Name)));
            }
        }

        Assert.True(!chosen.IsFolder || !File.Exists(Path.Combine(other, "rows.tmp")));
    }

    [Theory]
    [InlineData("files", "parquet", "files/notes.txt", "--to: {0} is not empty and not an export: name another path, or remove it first.")]
    [InlineData("files", "csv", "files/manifest.json", "--to: {0} is not empty and not an export: name another path, or remove it first.")]
    [InlineData("movies.sqlite", "sqlite", "movies.sqlite", "--to: {0} exists and is not an export: name another path, or remove it first.")]
    [InlineData("movies.duckdb", "duckdb", "movies.duckdb", "--to: {0} exists and is not an export: name another path, or remove it first.")]
    [InlineData("files", "parquet", "files", "--to: {0} is not a folder, as an export in parquet needs: name another path.")]
    public async Task Anything_but_an_earlier_export_is_left_alone(string name, string format, string file, string message)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(GetPath(file))!);
        await File.WriteAllTextAsync(GetPath(file), "{\"kind\": \"mine\"}", Cancel);
        var error = await Assert.ThrowsAsync<UsageException>(() => ExportAsync(name, format));
        Assert.Equal(message.Replace("{0}", GetPath(name), StringComparison.Ordinal), error.Message);
        Assert.Equal("{\"kind\": \"mine\"}", await File.ReadAllTextAsync(GetPath(file), Cancel));
        Assert.DoesNotContain(Entries(), entry => entry.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_ledger_and_files_beside_an_earlier_export_are_left_alone()
    {
        await using (await DuckDbLedger.OpenAsync(GetPath("other.duckdb"), Cancel))
        {
        }

        Assert.Contains("exists and is not an export", (await Assert.ThrowsAsync<UsageException>(() => ExportAsync("other.duckdb", "duckdb"))).Message, StringComparison.Ordinal);
        await ExportAsync("files", "csv");
        await File.WriteAllTextAsync(GetPath("files/notebook.ipynb"), "{}", Cancel);
        var error = await Assert.ThrowsAsync<UsageException>(() => ExportAsync("files", "csv"));
        Assert.Contains("contains notebook.ipynb, which is not part of the earlier export", error.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(GetPath("files/notebook.ipynb")));
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task A_canceled_export_leaves_the_earlier_one(string name, string format)
    {
        await ExportAsync(name, format, 1);
        using var stop = new CancellationTokenSource();
        var progress = new StopAt("movie_people", stop);
        var snapshot = await SnapshotRows.FindAsync(Ledger.Connection, 2, Cancel);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => SnapshotExport.WriteAsync(Ledger, snapshot, GetPath(name), ExportFormat.Choose(name, format), progress, stop.Token));
        Assert.DoesNotContain(Entries(), entry => entry.EndsWith(".tmp", StringComparison.Ordinal));
        await using var export = await OpenAsync(name, format);
        Assert.Equal(["Casino", "Heat", "Ikiru"], await ReadAsync(export, ["title"], GetTable(name, format, "movies")));
    }

    [Theory]
    [InlineData("out", null, "parquet")]
    [InlineData("out/", "CSV", "csv")]
    [InlineData("a.duckdb", null, "duckdb")]
    [InlineData("a.DB", null, "sqlite")]
    [InlineData("a.sqlite3", "sqlite", "sqlite")]
    [InlineData("a.out", "duckdb", "duckdb")]
    public void The_extension_selects_the_format(string path, string? format, string chosen) => Assert.Equal(chosen, ExportFormat.Choose(path, format).Name);

    [Theory]
    [InlineData("a.parquet", null, "name a folder")]
    [InlineData("a.csv", "csv", "name a folder")]
    [InlineData("a.sqlite", "parquet", "--format parquet does not fit --to a.sqlite, which is named like a file of sqlite")]
    public void A_path_that_does_not_fit_the_format_is_refused(string path, string? format, string message) =>
        Assert.Contains(message, Assert.Throws<UsageException>(() => ExportFormat.Choose(path, format)).Message, StringComparison.Ordinal);

    private string GetPath(string name) => Path.Combine(_folder.FullName, name);

    private IEnumerable<string> Entries() => Directory.EnumerateFileSystemEntries(_folder.FullName).Select(Path.GetFileName)!;

    private async Task<ExportSummary> ExportAsync(string name, string format, int? snapshot = null) => await SnapshotExport.WriteAsync(
        Ledger, await SnapshotRows.FindAsync(Ledger.Connection, snapshot, Cancel), GetPath(name), ExportFormat.Choose(name, format), null, Cancel);

    private async Task<DbConnection> OpenAsync(string name, string format)
    {
        DbConnection connection = format switch
        {
            "sqlite" => new SqliteConnection($"Data Source={GetPath(name)};Pooling=False;Mode=ReadOnly"),
            "duckdb" => new DuckDBConnection($"DataSource={GetPath(name)};ACCESS_MODE=READ_ONLY"),
            _ => new DuckDBConnection("DataSource=:memory:"),
        };
        await connection.OpenAsync(Cancel);
        return connection;
    }

    private string GetTable(string name, string format, string table) => format switch
    {
        "parquet" => $"read_parquet('{GetPath(name)}/{table}.parquet')",
        "csv" => $"read_csv('{GetPath(name)}/{table}.csv', all_varchar = true)",
        _ => table,
    };

    /// <summary>Returns the rows in a form that is the same for all engines: numbers without trailing zeros, times without a zone.</summary>
    private static async Task<List<string>> ReadAsync(DbConnection connection, IEnumerable<string> columns, string from)
    {
        var rows = await connection.QueryAsync(
            $"SELECT {string.Join(", ", columns.Select(column => $"CAST({column} AS VARCHAR)"))} FROM {from} v",
            row => string.Join('|', Enumerable.Range(0, row.FieldCount).Select(i => Normalize(row.GetText(i)))),
            Cancel);
        return [.. rows.Order(StringComparer.Ordinal)];
    }

    private static string Normalize(string? text) => text switch
    {
        null => "",
        "true" => "1",
        "false" => "0",
        _ when double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) => number.ToString("R", System.Globalization.CultureInfo.InvariantCulture),
        _ when text.Length > 19 && DateTime.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.RoundtripKind, out var time)
            => time.ToString("yyyy-MM-dd HH:mm:ss.fff", System.Globalization.CultureInfo.InvariantCulture),
        _ => text,
    };

    private static Task<List<string>> DescribeAsync(DbConnection connection, string table) =>
        connection.QueryAsync($"DESCRIBE SELECT * FROM {table}", row => $"{row.GetString(0)} {row.GetString(1)}", Cancel);

    /// <summary>Cancels when a table is reached.</summary>
    private sealed class StopAt(string table, CancellationTokenSource stop) : IProgress<ExportProgress>
    {
        public void Report(ExportProgress value)
        {
            if (value.Table == table)
            {
                stop.Cancel();
            }
        }
    }

    /// <summary>A connection that returns rows but is not recognized as DuckDB, like that of a server.</summary>
    private sealed class ReadingConnection(DbConnection connection) : DbConnection
    {
        [System.Diagnostics.CodeAnalysis.AllowNull]
        public override string ConnectionString { get; set; } = "";

        public override string Database => "";

        public override string DataSource => "";

        public override string ServerVersion => "";

        public override System.Data.ConnectionState State => System.Data.ConnectionState.Open;

        public override void ChangeDatabase(string databaseName) => throw new NotSupportedException();

        public override void Close()
        {
        }

        public override void Open()
        {
        }

        protected override DbTransaction BeginDbTransaction(System.Data.IsolationLevel isolationLevel) => throw new NotSupportedException();

        protected override DbCommand CreateDbCommand() => connection.CreateCommand();
    }
}
