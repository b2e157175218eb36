namespace CineLedger.Cleaning;

/// <summary>A growing byte buffer in reusable memory. Unlike ArrayBufferWriter, it can be truncated and is compiled ahead of time.</summary>
internal sealed class ByteBuffer(int capacity)
{
    private byte[] _bytes = new byte[capacity];

    /// <summary>The number of bytes in use.</summary>
    public int Count { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Count);

    /// <summary>Adds bytes for the caller to fill. The span is valid until the next call.</summary>
    public Span<byte> Reserve(int bytes)
    {
        if (_bytes.Length - Count < bytes)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Count + bytes));
        }

        var reserved = _bytes.AsSpan(Count, bytes);
        Count += bytes;
        return reserved;
    }

    public void Truncate(int count) => Count = count;
}
