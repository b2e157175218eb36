using System.IO.Hashing;
using CineLedger.Files;
using CineLedger.Model;

namespace CineLedger.Sources;

/// <summary>The expected properties of a stream, which are checked while it is read.</summary>
internal sealed record StreamChecks
{
    /// <summary>The name for messages: <c>movies.zip: movies_metadata.csv</c>.</summary>
    public required string DisplayName { get; init; }

    /// <summary>The exact length in bytes.</summary>
    public required long Length { get; init; }

    /// <summary>CRC-32 of the content; null if the source has none.</summary>
    public uint? Crc32 { get; init; }

    /// <summary>The compressed length in bytes; null if the source is not compressed.</summary>
    public long? PackedLength { get; init; }

    /// <summary>The underlying file.</summary>
    public required FileStream File { get; init; }

    /// <summary>The stamp of <see cref="File"/> when the dataset was opened.</summary>
    public required FileStamp Stamp { get; init; }
}

/// <summary>
/// Passes reads through and checks what System.IO.Compression does not: CRC-32, length, expansion, and that the file did not change meanwhile. The checks of
/// the whole content run with the last byte, so that a reader that has received all bytes can rely on them.
/// </summary>
internal sealed class CheckedStream(Stream inner, StreamChecks checks, params IDisposable[] owned) : ReadOnlyStream
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

        if (checks.PackedLength is { } packed)
        {
            SourceLimits.CheckExpansion(checks.DisplayName, _bytes, packed);
        }

        if (_bytes > checks.Length)
        {
            throw CreateDamagedException($"it is longer than the declared {checks.Length} bytes");
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

    /// <summary>Reports damage. If the file changed while it was read, that is the likely cause and is reported instead.</summary>
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
}
