using System.Data.Common;
using CineLedger.Model;
using DuckDB.NET.Data;

namespace CineLedger.Storage.DuckDb;

/// <summary>A ledger in one DuckDB file. One process at a time may have it open for writing; see docs/storage.md.</summary>
public sealed class DuckDbLedger : IAsyncDisposable
{
    /// <summary>
    /// What DuckDB may hold in memory before it writes to disk. Its default, four fifths of the machine, would let a load grow with
    /// the dataset.
    /// </summary>
    private const string LoadMemory = "64MB";

    /// <summary>The same for reports, which sort and group: beyond it they go on in a temporary file.</summary>
    private const string ReportMemory = "160MB";

    /// <summary>Films a row group: a sixth of DuckDB's default keeps what waits to be written below 20 MB.</summary>
    private const string RowGroupSize = "20480";

    private readonly DuckDBConnection _connection;

    private DuckDbLedger(string path, DuckDBConnection connection)
    {
        Path = path;
        _connection = connection;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The connection on which all statements run; not for use from two threads at once.</summary>
    public DbConnection Connection => _connection;

    /// <summary>
    /// Opens the ledger for writing and makes it where there is none. Throws <see cref="LedgerBusyException"/> when another process has
    /// it open, and <see cref="LedgerException"/> when the file is something else.
    /// </summary>
    public static async Task<DuckDbLedger> OpenAsync(string path, CancellationToken cancellationToken)
    {
        var folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path));
        if (folder is not null && !Directory.Exists(folder))
        {
            throw new LedgerException($"the folder {folder} does not exist: make it, or name another --store.");
        }

        if (!Exists(path) && !Directory.Exists(path))
        {
            await CreateAsync(path, cancellationToken).ConfigureAwait(false);
        }

        return await SetUpAsync(path, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Opens an existing ledger for reading; any number of processes may, as long as none writes.</summary>
    public static async Task<DuckDbLedger> OpenReadOnlyAsync(string path, CancellationToken cancellationToken)
    {
        if (!Exists(path) && !Directory.Exists(path))
        {
            throw new LedgerException($"there is no ledger {path}: load a dataset first (cineledger load SOURCE --store {path}).");
        }

        var ledger = await ConnectAsync(path, readOnly: true, cancellationToken).ConfigureAwait(false);
        try
        {
            await Migrations.ReadVersionAsync(ledger.Connection, path, cancellationToken).ConfigureAwait(false);
            return ledger;
        }
        catch (DuckDBException error)
        {
            await ledger.DisposeAsync().ConfigureAwait(false);
            throw DuckDbErrors.NoLedger(path, error);
        }
        catch
        {
            await ledger.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Begins a load: a transaction of which nobody sees anything until it is published.</summary>
    public Task<DuckDbLoad> BeginLoadAsync(CancellationToken cancellationToken) => DuckDbLoad.BeginAsync(_connection, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync().ConfigureAwait(false);
        if (Directory.Exists(TemporaryFolder(Path)))
        {
            Directory.Delete(TemporaryFolder(Path), recursive: true);
        }
    }

    /// <summary>Where queries go on that outgrow their memory: beside the ledger, where there is room, a folder for each process.</summary>
    private static string TemporaryFolder(string path) => $"{path}.{Environment.ProcessId}.tmp";

    private static IEnumerable<string> Settings(string path, bool readOnly)
    {
        var file = path.Replace("'", "''", StringComparison.Ordinal);
        yield return $"SET memory_limit = '{(readOnly ? ReportMemory : LoadMemory)}'";
        yield return $"SET temp_directory = '{TemporaryFolder(file)}'";

        // FSST makes the file a third smaller and the writing of it half as long again.
        yield return "SET disabled_compression_methods = 'fsst'";

        // Whole row groups go to the file while the load runs, instead of five of them together.
        yield return "SET write_buffer_row_group_count = 1";
        yield return $"ATTACH '{file}' AS ledger ({(readOnly ? "READ_ONLY" : $"ROW_GROUP_SIZE {RowGroupSize}")})";
        yield return "USE ledger";
    }

    /// <summary>A file without a byte holds nothing to lose: it is what a crash, or <c>mktemp</c>, leaves behind.</summary>
    private static bool Exists(string path) => File.Exists(path) && new FileInfo(path).Length > 0;

    /// <summary>
    /// Makes an empty ledger beside its place and moves it there complete: whatever ends the process, the place holds a ledger or
    /// nothing. Where another process was quicker, its ledger stays.
    /// </summary>
    private static async Task CreateAsync(string path, CancellationToken cancellationToken)
    {
        var draft = $"{path}.{Environment.ProcessId}.new";
        File.Delete(draft);
        try
        {
            await (await SetUpAsync(draft, cancellationToken).ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
            File.Move(draft, path, overwrite: File.Exists(path) && !Exists(path));
        }
        catch (IOException) when (Exists(path))
        {
            // The other one's is as good.
        }
        catch (Exception error) when (error is LedgerException or IOException or UnauthorizedAccessException)
        {
            throw new LedgerException(
                $"the ledger {path} cannot be made: {DuckDbErrors.Reason(error)}. Check the folder's permissions and free space, or name another --store.",
                error);
        }
        finally
        {
            File.Delete(draft);
            File.Delete($"{draft}.wal");
        }
    }

    /// <summary>Opens a file for writing and brings its tables to the newest schema. One with tables of another kind is left alone.</summary>
    private static async Task<DuckDbLedger> SetUpAsync(string path, CancellationToken cancellationToken)
    {
        var ledger = await ConnectAsync(path, readOnly: false, cancellationToken).ConfigureAwait(false);
        try
        {
            var foreign = await ledger.Connection.ScalarAsync(
                "SELECT COUNT(*) > 0 AND COUNT(*) FILTER (table_name = 'ledger_schema') = 0 FROM duckdb_tables()", cancellationToken)
                .ConfigureAwait(false);
            if (foreign is true)
            {
                throw DuckDbErrors.NoLedger(path, null);
            }

            await Migrations.ApplyAsync(ledger.Connection, path, cancellationToken).ConfigureAwait(false);
            return ledger;
        }
        catch (DuckDBException error)
        {
            await ledger.DisposeAsync().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            throw DuckDbErrors.OnWrite(path, error);
        }
        catch
        {
            await ledger.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static async Task<DuckDbLedger> ConnectAsync(string path, bool readOnly, CancellationToken cancellationToken)
    {
        if (Directory.Exists(path))
        {
            throw new LedgerException($"{path} is a folder: --store names a file.");
        }

        // In memory first, then attached: ATTACH alone takes a row group size. See docs/performance.md for what each setting brings.
        var connection = new DuckDBConnection("DataSource=:memory:;autoinstall_known_extensions=false;autoload_known_extensions=false");
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            foreach (var statement in Settings(path, readOnly))
            {
                await connection.ExecuteAsync(statement, cancellationToken).ConfigureAwait(false);
            }

            return new DuckDbLedger(path, connection);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw DuckDbErrors.OnOpen(path, error);
        }
    }
}
