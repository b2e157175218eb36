using CineLedger.Sources.Kinds;

namespace CineLedger.Sources;

/// <summary>
/// Inspects a source while it arrives: its first bytes show whether it can be part of a dataset, and its length must stay within the limit. Thus a stream that
/// never ends is refused without being stored.
/// </summary>
/// <param name="displayName">The address, for messages.</param>
/// <param name="options">The limit.</param>
internal sealed class ArrivalInspector(string displayName, SourceOptions options)
{
    private readonly byte[] _head = new byte[FileContent.HeadLength];
    private long _bytes;

    /// <summary>Inspects the next bytes.</summary>
    /// <exception cref="Model.LedgerException">The source is too large, or is not part of a dataset.</exception>
    public void Inspect(ReadOnlySpan<byte> block)
    {
        CheckLength(_bytes + block.Length);
        if (_bytes < _head.Length)
        {
            block[..(int)Math.Min(block.Length, _head.Length - _bytes)].CopyTo(_head.AsSpan((int)_bytes));
            if (_bytes + block.Length >= _head.Length)
            {
                FileContent.Recognize(new FileHead(_head), displayName);
            }
        }

        _bytes += block.Length;
    }

    /// <summary>Checks the length that the sender announces.</summary>
    public void CheckLength(long bytes) => SourceLimits.CheckLength(displayName, bytes, options);

    /// <summary>Starts over, after the content received so far was discarded.</summary>
    public void Restart() => _bytes = 0;
}
