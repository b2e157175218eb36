using System.IO.Hashing;
using CineLedger.Model;

namespace CineLedger.Sources;

/// <summary>What a stream is held to while it is read.</summary>
internal sealed record StreamChecks
{
    /// <summary>The place for messages: <c>movies.zip: movies_metadata.csv</c>.</summary>
    public required string DisplayName { get; init; }

    /// <summary>Bytes that must come, no more and no fewer.</summary>
    public required long Length { get; init; }

    /// <summary>CRC-32 of all the bytes; null where the place has none.</summary>
    public uint? Crc32 { get; init; }

    /// <summary>Bytes that it takes up packed; null where it is not packed.</summary>
    public long? PackedLength { get; init; }

    /// <summary>The file behind it and what it was like when the dataset was opened.</summary>
    public required FileStream File { get; init; }

    public required FileStamp Stamp { get; init; }

    /// <summary>Up to here any expansion is fine: a sheet of many empty rows packs a thousandfold and is still small.</summary>
    public long FreeOutput { get; init; } = 256L * 1024 * 1024;

    /// <summary>Real CSV packs 3- to 20-fold; deflate can do 1032-fold at most, which is what a bomb lives off.</summary>
    public long HighestRatio { get; init; } = 200;
}

/// <summary>
/// Reads through, and checks on the way what System.IO.Compression leaves unchecked: CRC-32, length, expansion; and that the
/// file stood still meanwhile. The checks of the whole are due with the last byte: a reader that is handed all the bytes has good ones.
/// </summary>
internal sealed class CheckedStream(Stream inner, StreamChecks checks, params IDisposable[] owned) : Stream
{
    private readonly Crc32 _crc = new();
    private long _bytes;
    private bool _checked;

    public override int Read(Span<byte> buffer)
    {
        try
        {
            var read = inner.Read(buffer);
            Check(buffer[..read], ended: read == 0 && buffer.Length > 0);
            return read;
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw CreateDamagedException(e.Message.TrimEnd('.'), e);
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            var read = await inner.ReadAsync(buffer, cancellationToken);
            Check(buffer.Span[..read], ended: read == 0 && buffer.Length > 0);
            return read;
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw CreateDamagedException(e.Message.TrimEnd('.'), e);
        }
    }

    private void Check(ReadOnlySpan<byte> block, bool ended)
    {
        _bytes += block.Length;
        if (checks.Crc32 is not null)
        {
            _crc.Append(block);
        }

        if (_bytes > checks.FreeOutput && checks.PackedLength is { } packed && _bytes / checks.HighestRatio > packed)
        {
            throw new LedgerException($"{checks.DisplayName}: expands more than {checks.HighestRatio}-fold to over " +
                                      $"{checks.FreeOutput >> 20} MB, as a zip bomb does; refused. " +
                                      "Unpack it and give the CSV file if it is what you want.");
        }
        if (_bytes > checks.Length)
        {
            throw CreateDamagedException($"it has more than the {checks.Length} bytes announced");
        }

        if (ended && _bytes < checks.Length)
        {
            throw CreateDamagedException($"it ends after {_bytes} of {checks.Length} bytes");
        }

        if (_bytes == checks.Length && !_checked)
        {
            CheckWhole();
        }
    }

    private void CheckWhole()
    {
        if (checks.Crc32 is { } expected && _crc.GetCurrentHashAsUInt32() is var actual && actual != expected)
        {
            throw CreateDamagedException($"its checksum (CRC-32) is {actual:x8}, not {expected:x8} as recorded");
        }

        if (FileStamp.Create(checks.File.SafeFileHandle) != checks.Stamp)
        {
            throw FileStamp.CreateChangedException(checks.DisplayName);
        }

        _checked = true;
    }

    /// <summary>A file that changed under the reader may look damaged in any way: then that is what has to be said.</summary>
    private LedgerException CreateDamagedException(string reason, Exception? inner = null) =>
        FileStamp.Create(checks.File.SafeFileHandle) != checks.Stamp
            ? FileStamp.CreateChangedException(checks.DisplayName, inner)
            : new LedgerException($"{checks.DisplayName}: damaged: {reason}. Copy or download it again.", inner);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
            foreach (var item in owned)
            {
                item.Dispose();
            }
        }
        base.Dispose(disposing);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => _bytes; set => throw new NotSupportedException(); }
    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
