namespace CineLedger.Cleaning;

/// <summary>Bytes that are put together piece by piece, in memory that is used again. Unlike ArrayBufferWriter it can be shortened, and is compiled ahead.</summary>
internal sealed class ByteBuffer(int capacity)
{
    private byte[] _bytes = new byte[capacity];

    /// <summary>Bytes in use.</summary>
    public int Count { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Count);

    /// <summary>Adds bytes for the caller to fill; good until the next call.</summary>
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
