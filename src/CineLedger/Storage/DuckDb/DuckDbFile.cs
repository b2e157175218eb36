using CineLedger.Files;
using CineLedger.Model;
using DuckDB.NET.Data;

namespace CineLedger.Storage.DuckDb;

/// <summary>Creates, opens and configures the file of a ledger, and manages the folder for temporary data beside it.</summary>
internal static class DuckDbFile
{
    /// <summary>
    /// The setting for loads, which have their own threads. With more, DuckDB would hand every batch of rows to another thread and spin until it is done.
    /// </summary>
    public const string LoadThreads = "SET threads = 1";

    /// <summary>Rows per row group. A sixth of DuckDB's default keeps buffered movies below 20 MB.</summary>
    private const string RowGroupSize = "20480";

    /// <summary>Opens a database with the file attached as <c>ledger</c>. Creates the file if it is missing and to be written.</summary>
    /// <exception cref="LedgerException">The file cannot be opened or created.</exception>
    /// <exception cref="LedgerBusyException">Another process has the file open.</exception>
    public static async Task<DuckDBConnection> ConnectAsync(string path, bool readOnly, CancellationToken cancellationToken)
    {
        if (Directory.Exists(path))
        {
            throw new LedgerException($"{path} is a folder: --store names a file.");
        }

        // A database in memory with the file attached, because only ATTACH accepts a row group size. docs/decisions/0070 and 0071 explain the settings.
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
        catch (Exception error)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            if (error is DuckDBException or IOException or UnauthorizedAccessException)
            {
                throw DuckDbErrors.OpenFailed(path, error);
            }

            throw;
        }
    }

    /// <summary>Deletes the folders for temporary data. Call it when no query is running.</summary>
    public static void DeleteTemporaryFolders(string path)
    {
        foreach (var folder in (string[])[GetTemporaryFolder(path), GetFallbackTemporaryFolder(path)])
        {
            Leftover.Delete(folder);
        }
    }

    /// <summary>Returns the folder of this process for the temporary data of queries that exceed their memory, beside the ledger.</summary>
    private static string GetTemporaryFolder(string path) => TemporaryPaths.GetBeside(path, "tmp");

    /// <summary>Returns the folder for a ledger in a read-only place, for example a container image.</summary>
    private static string GetFallbackTemporaryFolder(string path) => TemporaryPaths.Get(System.IO.Path.GetFileName(path));

    private static string ChooseTemporaryFolder(string path, bool readOnly)
    {
        if (!readOnly || IsWritable(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!))
        {
            return GetTemporaryFolder(path);
        }

        TemporaryPaths.DeleteLeftovers(System.IO.Path.GetTempPath());
        return GetFallbackTemporaryFolder(path);
    }

    private static bool IsWritable(string folder)
    {
        try
        {
            using var file = File.Create(System.IO.Path.Combine(folder, $".cineledger-{Guid.NewGuid():N}"), 1, FileOptions.DeleteOnClose);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Builds all settings as one text, because each call of the engine has a cost.</summary>
    private static string BuildSettings(string path, bool readOnly) =>
        $"""
        SET memory_limit = '{(readOnly ? DuckDbMemory.FormatLimit(DuckDbMemory.QueryLimit, GetSize(path)) : DuckDbMemory.FormatLimit(DuckDbMemory.LoadLimit, 0))}';
        SET temp_directory = '{Quote(ChooseTemporaryFolder(path, readOnly))}';
        -- FSST would make the file a third smaller, but writing would take 50 % longer.
        SET disabled_compression_methods = 'fsst';
        -- Each full row group is written during the load, instead of five together.
        SET write_buffer_row_group_count = 1;
        -- A background thread soon returns freed memory to the system.
        SET allocator_background_threads = true{(readOnly ? "" : ";\n" + LoadThreads)}
        """;

    public static long GetSize(string path) => File.Exists(path) ? new FileInfo(path).Length : 0;

    private static string BuildAttach(string path, bool readOnly) =>
        $"ATTACH '{Quote(path)}' AS ledger ({(readOnly ? "READ_ONLY" : $"ROW_GROUP_SIZE {RowGroupSize}")}); USE ledger";

    public static string Quote(string path) => path.Replace("'", "''", StringComparison.Ordinal);

    /// <summary>Whether the file exists and is not empty. An empty file, as left by a crash or <c>mktemp</c>, may be replaced.</summary>
    public static bool Exists(string path) => File.Exists(path) && new FileInfo(path).Length > 0;

    /// <summary>
    /// Creates an empty database under a temporary name and moves it to its path, so that an interrupted process leaves either a complete database or
    /// nothing there. If another process has created one meanwhile, that database is kept.
    /// </summary>
    private static async Task CreateAsync(DuckDBConnection connection, string path, CancellationToken cancellationToken)
    {
        // A link is kept: its target is created.
        var target = FileTarget.ResolveLinks(path);
        var draft = TemporaryPaths.GetBeside(target, "new");
        File.Delete(draft);
        try
        {
            await connection.ExecuteAsync($"ATTACH '{Quote(draft)}' AS draft (ROW_GROUP_SIZE {RowGroupSize}); DETACH draft", cancellationToken)
                .ConfigureAwait(false);
            FileTarget.CopyPermissions(target, draft);
            File.Move(draft, target, overwrite: File.Exists(target) && !Exists(target));
        }
        catch (Exception error) when (error is DuckDBException or IOException && Exists(path))
        {
            // The other process's database is equivalent. That process may also have deleted the draft.
        }
        catch (Exception error) when (error is DuckDBException or IOException or UnauthorizedAccessException)
        {
            throw new LedgerException(
                $"the ledger {path} cannot be created: {DuckDbErrors.GetReason(error)}. Check the folder's permissions and free space, or name another --store.",
                error);
        }
        finally
        {
            File.Delete(draft);
            File.Delete($"{draft}.wal");
        }
    }
}
