using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CineLedger.Model;

/// <summary>
/// A list that stores its values in blocks. Growing copies no value and leaves no old array behind; a list in a single array does both. With values
/// of up to 40 bytes, the blocks stay below the size of the large object heap, which is rarely collected.
/// </summary>
internal sealed class ChunkedList<T>
    where T : struct
{
    private const int Bits = 11;
    private const int Mask = (1 << Bits) - 1;
    private T[][] _blocks = [];

    public int Count { get; private set; }

    /// <summary>A reference to the value at an index. It stays valid when the list grows.</summary>
    /// <remarks>Skips the bounds check of the block, which would read its length from another place in memory: all blocks have the same size.</remarks>
    public ref T this[int index] => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_blocks[index >> Bits]), index & Mask);

    public void Add(T value)
    {
        if ((Count & Mask) == 0)
        {
            AddBlock(Count >> Bits);
        }

        this[Count++] = value;
    }

    /// <summary>Sets the count, which must not be smaller than before, and resets all values to the type's default.</summary>
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
