using CineLedger.Model;
using DuckDB.NET.Data;

namespace CineLedger.Storage.DuckDb;

/// <summary>The file of a ledger: how it is made, opened and set up, and the folder beside it for what outgrows memory.</summary>
internal static class DuckDbFile
{
    /// <summary>
    /// A load brings its own threads. With more, DuckDB would give every batch of rows to one of its own and wait for it, spinning.
    /// </summary>
    public const string LoadThreads = "SET threads = 1";

    /// <summary>Movies a row group: a sixth of DuckDB's default keeps what waits to be written below 20 MB.</summary>
    private const string RowGroupSize = "20480";

    /// <summary>Opens a database with the file attached as <c>ledger</c>, made where it is to be written and is not there.</summary>
    /// <exception cref="LedgerException">It cannot be opened or made.</exception>
    /// <exception cref="LedgerBusyException">Another process has it.</exception>
    public static async Task<DuckDBConnection> ConnectAsync(string path, bool readOnly, CancellationToken cancellationToken)
    {
        if (Directory.Exists(path))
        {
            throw new LedgerException($"{path} is a folder: --store names a file.");
        }

        // In memory first, then attached: ATTACH alone takes a row group size. docs/decisions/0070 and 0071 say what each setting gains.
        var connection = new DuckDBConnection("DataSource=:memory:;autoinstall_known_extensions=false;autoload_known_extensions=false");
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            await connection.ExecuteAsync(BuildSettings(path, readOnly), cancellationToken).ConfigureAwait(false);
            if (!readOnly && !Exists(path))
            {
                await CreateAsync(connection, path, cancellationToken).ConfigureAwait(false);
            }

            await CheckpointJournal.RestoreAsync(path, cancellationToken).ConfigureAwait(false);
            await connection.ExecuteAsync(BuildAttach(path, readOnly), cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch (Exception error) when (error is LedgerException or OperationCanceledException)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
        catch (Exception error)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw DuckDbErrors.OpenFailed(path, error);
        }
    }

    /// <summary>For when nobody asks any more.</summary>
    public static void DeleteTemporaryFolders(string path)
    {
        foreach (var folder in (string[])[GetTemporaryFolder(path), GetFallbackTemporaryFolder(path)])
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    /// <summary>Where queries go on that outgrow their memory: beside the ledger, where there is room, a folder for each process.</summary>
    private static string GetTemporaryFolder(string path) => $"{path}.{Environment.ProcessId}.tmp";

    /// <summary>The same for a ledger at a place that is read only, a container's image for one.</summary>
    private static string GetFallbackTemporaryFolder(string path) =>
        System.IO.Path.Combine(System.IO.Path.GetTempPath(), System.IO.Path.GetFileName(GetTemporaryFolder(path)));

    private static bool IsWritable(string folder)
    {
        try
        {
            using var file = File.Create(System.IO.Path.Combine(folder, $".cineledger-{Environment.ProcessId}-{Guid.NewGuid():N}"), 1, FileOptions.DeleteOnClose);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>One statement text: each costs a way to the engine and back.</summary>
    private static string BuildSettings(string path, bool readOnly) =>
        $"""
        SET memory_limit = '{(readOnly ? DuckDbMemory.FormatLimit(DuckDbMemory.Query, GetSize(path)) : DuckDbMemory.FormatLimit(DuckDbMemory.Load, 0))}';
        SET temp_directory = '{Quote(readOnly && !IsWritable(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!) ? GetFallbackTemporaryFolder(path) : GetTemporaryFolder(path))}';
        -- FSST makes the file a third smaller and the writing of it half as long again.
        SET disabled_compression_methods = 'fsst';
        -- Whole row groups go to the file while the load runs, instead of five of them together.
        SET write_buffer_row_group_count = 1;
        -- What is freed goes back to the system soon, by a thread that does nothing else.
        SET allocator_background_threads = true{(readOnly ? "" : ";\n" + LoadThreads)}
        """;

    public static long GetSize(string path) => File.Exists(path) ? new FileInfo(path).Length : 0;

    private static string BuildAttach(string path, bool readOnly) =>
        $"ATTACH '{Quote(path)}' AS ledger ({(readOnly ? "READ_ONLY" : $"ROW_GROUP_SIZE {RowGroupSize}")}); USE ledger";

    public static string Quote(string path) => path.Replace("'", "''", StringComparison.Ordinal);

    /// <summary>A file without a byte holds nothing to lose: it is what a crash, or <c>mktemp</c>, leaves behind.</summary>
    public static bool Exists(string path) => File.Exists(path) && new FileInfo(path).Length > 0;

    /// <summary>
    /// Makes an empty database beside its place and moves it there complete: whatever ends the process, the place holds a database or
    /// nothing. Where another process was quicker, its database stays.
    /// </summary>
    private static async Task CreateAsync(DuckDBConnection connection, string path, CancellationToken cancellationToken)
    {
        var draft = $"{path}.{Environment.ProcessId}.new";
        File.Delete(draft);
        try
        {
            await connection.ExecuteAsync($"ATTACH '{Quote(draft)}' AS draft (ROW_GROUP_SIZE {RowGroupSize}); DETACH draft", cancellationToken)
                .ConfigureAwait(false);
            File.Move(draft, path, overwrite: File.Exists(path) && !Exists(path));
        }
        catch (IOException) when (Exists(path))
        {
            // The other one's is as good.
        }
        catch (Exception error) when (error is DuckDBException or IOException or UnauthorizedAccessException)
        {
            throw new LedgerException(
                $"the ledger {path} cannot be made: {DuckDbErrors.GetReason(error)}. Check the folder's permissions and free space, or name another --store.",
                error);
        }
        finally
        {
            File.Delete(draft);
            File.Delete($"{draft}.wal");
        }
    }
}
