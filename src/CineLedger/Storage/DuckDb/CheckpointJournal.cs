using System.Buffers.Binary;
using System.IO.Hashing;
using CineLedger.Files;
using DuckDB.NET.Data;
using Microsoft.Win32.SafeHandles;

namespace CineLedger.Storage.DuckDb;

/// <summary>
/// A file beside the ledger with copies of the blocks that DuckDB's next checkpoint may rewrite in place. Such a block has 256 KB and one checksum. If
/// the process is killed or the machine loses power while a block is being written, DuckDB can no longer open the ledger; the next process that opens
/// it restores the block from its copy. MySQL's InnoDB calls this technique a doublewrite buffer.
/// </summary>
/// <remarks>See decision 0055.</remarks>
internal sealed class CheckpointJournal : IAsyncDisposable
{
    private const int HeaderBytes = sizeof(ulong) + sizeof(long);

    private readonly string _path;
    private readonly DuckDBConnection _connection;
    private readonly SemaphoreSlim _refreshing = new(1);

    /// <summary>
    /// Stays open as long as DuckDB has the file open: when a process closes any handle of a file, POSIX releases all locks that the process holds on it,
    /// and DuckDB keeps other processes out with such a lock.
    /// </summary>
    private readonly SafeFileHandle _ledger;

    private ulong? _iteration;

    private CheckpointJournal(string path, DuckDBConnection connection)
    {
        _path = path;
        _connection = connection;
        _ledger = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
    }

    /// <summary>Creates the journal of a ledger. Returns null on Windows, where DuckDB opens the file exclusively.</summary>
    /// <param name="path">The ledger.</param>
    /// <param name="connection">A connection to the ledger, open for writing. The journal disposes it.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public static async Task<CheckpointJournal?> OpenAsync(string path, DuckDBConnection connection, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            return null;
        }

        var journal = new CheckpointJournal(path, connection);
        await journal.RefreshAsync(cancellationToken).ConfigureAwait(false);
        return journal;
    }

    /// <summary>Copies the blocks again if there was a checkpoint since the last copy. Call this before anything that may start a checkpoint.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await _refreshing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var header = DuckDbBlocks.ReadHeader(_ledger);
            if (header.Iteration != _iteration)
            {
                await WriteAsync(header, cancellationToken).ConfigureAwait(false);
                _iteration = header.Iteration;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException || FileTarget.IsTooLarge(error))
        {
            // The disk may be full. The write itself does not need the journal, and reports its own error if it fails too.
        }
        finally
        {
            _refreshing.Release();
        }
    }

    /// <summary>
    /// Restores the blocks that the last writer left half written. Does nothing if the ledger was closed properly, if all blocks are intact, or if another
    /// process has the ledger open.
    /// </summary>
    public static async Task RestoreAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(GetPath(path)))
        {
            return;
        }

        try
        {
            var bytes = await File.ReadAllBytesAsync(GetPath(path), cancellationToken).ConfigureAwait(false);
            if (!IsIntact(bytes) || !IsTorn(path, bytes))
            {
                return;
            }

            using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            if (!OperatingSystem.IsMacOS())
            {
                // The same lock as DuckDB's: another process may be restoring or opening the ledger.
                file.Lock(0, 0);
            }

            foreach (var (place, block) in FindTornBlocks(file.SafeFileHandle, bytes))
            {
                await RandomAccess.WriteAsync(file.SafeFileHandle, block, place, cancellationToken).ConfigureAwait(false);
            }

            file.Flush(flushToDisk: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The ledger is in use, or a file cannot be accessed. Opening the ledger reports that.
        }
    }

    /// <summary>Closes the journal and deletes its file. Call this after the ledger's other connections are closed, so that the last checkpoint is complete.</summary>
    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync().ConfigureAwait(false);
        _refreshing.Dispose();
        _ledger.Dispose();
        try
        {
            File.Delete(GetPath(_path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A file that stays behind belongs to an older checkpoint and is ignored.
        }
    }

    internal static string GetPath(string path) => $"{path}.journal";

    /// <summary>Writes the checkpoint's number, the block size, the numbered blocks, and a checksum of everything before it.</summary>
    private async Task WriteAsync(DuckDbHeader header, CancellationToken cancellationToken)
    {
        var numbers = await _connection.QueryAsync(
            "SELECT DISTINCT block_id FROM pragma_metadata_info('ledger') ORDER BY ALL", row => row.GetInt64(0), cancellationToken).ConfigureAwait(false);
        var bytes = new byte[HeaderBytes + (numbers.Count * (sizeof(long) + header.BlockBytes)) + sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, header.Iteration);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(sizeof(ulong)), header.BlockBytes);
        var end = HeaderBytes;
        foreach (var number in numbers)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(end), number);
            var block = bytes.AsMemory(end + sizeof(long), header.BlockBytes);
            if (await RandomAccess.ReadAsync(_ledger, block, header.GetOffset(number), cancellationToken).ConfigureAwait(false) == block.Length)
            {
                end += sizeof(long) + header.BlockBytes;
            }
        }

        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(end), XxHash3.HashToUInt64(bytes.AsSpan(0, end)));
        var draft = $"{GetPath(_path)}.new";
        using (var file = File.OpenHandle(draft, FileMode.Create, FileAccess.Write))
        {
            await RandomAccess.WriteAsync(file, bytes.AsMemory(0, end + sizeof(ulong)), 0, cancellationToken).ConfigureAwait(false);
            RandomAccess.FlushToDisk(file);
        }

        File.Move(draft, GetPath(_path), overwrite: true);
    }

    private static bool IsTorn(string path, byte[] bytes)
    {
        using var ledger = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return FindTornBlocks(ledger, bytes).Count > 0;
    }

    private static bool IsIntact(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= HeaderBytes + sizeof(ulong) && BinaryPrimitives.ReadUInt64LittleEndian(bytes[^sizeof(ulong)..]) == XxHash3.HashToUInt64(bytes[..^sizeof(ulong)]);

    /// <summary>Returns the copies of the damaged blocks; none if the ledger has had a checkpoint since they were copied.</summary>
    private static List<(long Place, ReadOnlyMemory<byte> Block)> FindTornBlocks(SafeFileHandle ledger, ReadOnlyMemory<byte> bytes)
    {
        var torn = new List<(long, ReadOnlyMemory<byte>)>();
        var header = DuckDbBlocks.ReadHeader(ledger);
        if (BinaryPrimitives.ReadUInt64LittleEndian(bytes.Span) != header.Iteration || BinaryPrimitives.ReadInt64LittleEndian(bytes.Span[sizeof(ulong)..]) != header.BlockBytes)
        {
            return torn;
        }

        var there = new byte[header.BlockBytes];
        for (var at = HeaderBytes; at < bytes.Length - sizeof(ulong); at += sizeof(long) + header.BlockBytes)
        {
            var offset = header.GetOffset(BinaryPrimitives.ReadInt64LittleEndian(bytes.Span[at..]));
            var block = bytes.Slice(at + sizeof(long), header.BlockBytes);
            var read = RandomAccess.Read(ledger, there, offset);
            if (DuckDbBlocks.IsIntact(block.Span) && !DuckDbBlocks.IsIntact(there.AsSpan(0, read)))
            {
                torn.Add((offset, block));
            }
        }

        return torn;
    }
}
