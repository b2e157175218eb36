namespace CineLedger.Storage.Reading;

/// <summary>A list of UTF-8 texts in one block of memory: compact for many short texts, and no work for the garbage collector.</summary>
internal sealed class Utf8StringList
{
    private byte[] _bytes = new byte[4096];
    private int[] _ends = new int[256];

    public int Count { get; private set; }

    /// <summary>The size in memory, in bytes.</summary>
    public long Size => _bytes.Length + (4L * _ends.Length);

    public ReadOnlySpan<byte> this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            var start = index == 0 ? 0 : _ends[index - 1];
            return _bytes.AsSpan(start, _ends[index] - start);
        }
    }

    public void Add(ReadOnlySpan<byte> text)
    {
        var start = Count == 0 ? 0 : _ends[Count - 1];
        var end = checked(start + text.Length);
        if (end > _bytes.Length)
        {
            Array.Resize(ref _bytes, (int)Math.Min(Math.Max(_bytes.Length * 2L, end), Array.MaxLength));
        }

        if (Count == _ends.Length)
        {
            Array.Resize(ref _ends, Count * 2);
        }

        text.CopyTo(_bytes.AsSpan(start));
        _ends[Count++] = end;
    }
}
