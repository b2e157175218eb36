using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace CineLedger.Storage.DuckDb;

/// <summary>
/// The outer layout of a DuckDB file, as far as <see cref="CheckpointJournal"/> needs it: three headers of 4,096 bytes, then blocks of one size. All of
/// them begin with a checksum of the rest. Source: DuckDB's single_file_block_manager.cpp and checksum.cpp.
/// </summary>
internal static class DuckDbBlocks
{
    private const int HeaderBytes = 4096;

    private const int Headers = 3;

    private const int DefaultBlockBytes = 256 * 1024;

    /// <summary>Returns the current header. Checkpoints write two headers in turn; the current one is the intact one with the higher iteration.</summary>
    public static DuckDbHeader ReadHeader(SafeFileHandle file)
    {
        var newest = default(DuckDbHeader);
        Span<byte> bytes = stackalloc byte[HeaderBytes];
        for (var header = 1; header < Headers; header++)
        {
            if (RandomAccess.Read(file, bytes, header * HeaderBytes) < HeaderBytes || !IsIntact(bytes))
            {
                continue;
            }

            var iteration = BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]);
            var blockBytes = BinaryPrimitives.ReadInt64LittleEndian(bytes[40..]);
            if (iteration >= newest.Iteration)
            {
                newest = new DuckDbHeader(iteration, blockBytes == 0 ? DefaultBlockBytes : checked((int)blockBytes));
            }
        }

        return newest;
    }

    /// <summary>Returns the offset of a block in the file.</summary>
    public static long GetOffset(this DuckDbHeader header, long block) => (Headers * HeaderBytes) + (block * header.BlockBytes);

    /// <summary>Whether the checksum of a header or block matches its content.</summary>
    public static bool IsIntact(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < sizeof(ulong) || bytes.Length % sizeof(ulong) != 0)
        {
            return false;
        }

        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        var checksum = 5381UL;
        foreach (var word in words[1..])
        {
            checksum ^= word * 0xbf58476d1ce4e5b9;
        }

        return words[0] == checksum;
    }
}

/// <summary>The fields of a database header.</summary>
/// <param name="Iteration">The number of checkpoints so far.</param>
/// <param name="BlockBytes">The size of a block with its checksum.</param>
internal readonly record struct DuckDbHeader(ulong Iteration, int BlockBytes);
