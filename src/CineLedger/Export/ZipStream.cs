namespace CineLedger.Export;

/// <summary>
/// The stream of a zip that is written from its beginning to its end. Sets the time of every entry to the beginning of 1980: the time of
/// writing would make equal results different files. <see cref="System.IO.Compression.ZipArchive"/> writes each header in one call.
/// </summary>
internal sealed class ZipStream(Stream target) : ForwardOnlyStream(target, counts: false)
{
    private static readonly byte[] FirstDay = [0, 0, 0x21, 0];
    private bool _discards;

    /// <summary>Ignores whatever is written from now on, the index of a half-written zip for example.</summary>
    public void Discard() => _discards = true;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (!_discards)
        {
            base.Write(TimeAt(buffer) is { } at ? [.. buffer[..at], .. FirstDay, .. buffer[(at + 4)..]] : buffer);
        }
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => _discards
        ? ValueTask.CompletedTask
        : base.WriteAsync(TimeAt(buffer.Span) is { } at ? (byte[])[.. buffer.Span[..at], .. FirstDay, .. buffer.Span[(at + 4)..]] : buffer, cancellationToken);

    /// <summary>Where the time is in the header of an entry, local (4.3.7 of PKWARE's APPNOTE) or in the index (4.3.12); null for other bytes.</summary>
    private static int? TimeAt(ReadOnlySpan<byte> bytes) => bytes.Length >= 30 && bytes.StartsWith("PK"u8)
        ? (bytes[2], bytes[3]) switch { (3, 4) => 10, (1, 2) when bytes.Length >= 46 => 12, _ => null }
        : null;
}
