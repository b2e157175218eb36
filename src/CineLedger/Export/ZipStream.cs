namespace CineLedger.Export;

/// <summary>
/// The stream of a zip that is written sequentially. Sets the time of every entry to the beginning of 1980, because the time of writing would
/// make files of equal results differ. Relies on <see cref="System.IO.Compression.ZipArchive"/> writing each header in one call.
/// </summary>
internal sealed class ZipStream(Stream target) : ForwardOnlyStream(target, counts: false)
{
    private static readonly byte[] FirstDay = [0, 0, 0x21, 0];
    private bool _discards;

    /// <summary>Ignores all further writes, such as the index of a partial zip.</summary>
    public void Discard() => _discards = true;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (!_discards)
        {
            base.Write(FindTime(buffer) is { } at ? [.. buffer[..at], .. FirstDay, .. buffer[(at + 4)..]] : buffer);
        }
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => _discards
        ? ValueTask.CompletedTask
        : base.WriteAsync(FindTime(buffer.Span) is { } at ? (byte[])[.. buffer.Span[..at], .. FirstDay, .. buffer.Span[(at + 4)..]] : buffer, cancellationToken);

    /// <summary>Returns the offset of the time in a local header (4.3.7 of PKWARE's APPNOTE) or an index header (4.3.12); null for other bytes.</summary>
    private static int? FindTime(ReadOnlySpan<byte> bytes) => bytes.Length >= 30 && bytes.StartsWith("PK"u8)
        ? (bytes[2], bytes[3]) switch { (3, 4) => 10, (1, 2) when bytes.Length >= 46 => 12, _ => null }
        : null;
}
