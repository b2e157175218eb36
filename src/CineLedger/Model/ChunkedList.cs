namespace CineLedger.Model;

/// <summary>
/// A list of values in blocks: growing, it copies no value and leaves nothing behind, as a list in one array does with twice what it holds. Blocks of
/// values of up to 40 bytes stay below what the collector takes for large objects, which it seldom looks at.
/// </summary>
internal sealed class ChunkedList<T>
    where T : struct
{
    private const int Bits = 11;
    private const int Mask = (1 << Bits) - 1;
    private T[][] _blocks = [];

    public int Count { get; private set; }

    /// <summary>The value at a place, to be changed as well: it stays where it is.</summary>
    public ref T this[int index] => ref _blocks[index >> Bits][index & Mask];

    public void Add(T value)
    {
        if ((Count & Mask) == 0)
        {
            AddBlock(Count >> Bits);
        }

        this[Count++] = value;
    }

    /// <summary>Makes it a list of so many values, no fewer than before, each of which is the type's default.</summary>
    public void GrowCleared(int count)
    {
        var blocks = (Count + Mask) >> Bits;
        for (var block = 0; block < blocks; block++)
        {
            Array.Clear(_blocks[block]);
        }

        for (var block = blocks; block << Bits < count; block++)
        {
            AddBlock(block);
        }

        Count = count;
    }

    private void AddBlock(int block)
    {
        if (block == _blocks.Length)
        {
            Array.Resize(ref _blocks, Math.Max(4, block * 2));
        }

        _blocks[block] = new T[1 << Bits];
    }
}
