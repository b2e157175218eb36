using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using CineLedger.Model;

namespace CineLedger.Loading.Gates;

/// <summary>
/// Counts how often the values of a column repeat. It holds hashes of the distinct values and, above a limit, of every second, fourth … one, so that
/// the memory does not grow with the dataset. All movies with a value are in the sample or none.
/// </summary>
/// <param name="column">The column, as the dataset calls it.</param>
/// <param name="divisor">Which of the values are held at first: all if 1, or every second, fourth …</param>
internal sealed class RepeatedTexts(string column, int divisor)
{
    private const int Capacity = 1 << 16;

    private readonly Dictionary<ulong, int> _counts = [];
    private ulong _mask = (ulong)divisor - 1;

    public string Column => column;

    /// <summary>Values added, estimated above the limit.</summary>
    public long Known => _counts.Values.Sum(count => (long)count) * Scale;

    /// <summary>Distinct values, estimated above the limit.</summary>
    public long Distinct => _counts.Count * Scale;

    private long Scale => (long)_mask + 1;

    /// <summary>Adds a value. Returns whether it repeats an earlier one.</summary>
    public bool Add(ulong hash)
    {
        if ((hash & _mask) != 0)
        {
            return false;
        }

        ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(_counts, hash, out var exists);
        count++;
        if (_counts.Count > Capacity)
        {
            _mask = (_mask << 1) | 1;
            foreach (var key in _counts.Keys.Where(key => (key & _mask) != 0).ToList())
            {
                _counts.Remove(key);
            }
        }

        return exists;
    }

    public void Remove(ulong hash)
    {
        if (_counts.Remove(hash, out var count) && count > 1)
        {
            _counts[hash] = count - 1;
        }
    }

    /// <summary>Computes the hash of a known text, however it is stored.</summary>
    public static ulong GetHash(MovieText text) => XxHash3.HashToUInt64(text.TryGetUtf8(out var utf8) ? utf8 : Encoding.UTF8.GetBytes(text.Text!));
}
