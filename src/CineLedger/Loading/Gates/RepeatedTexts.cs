using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using CineLedger.Model;

namespace CineLedger.Loading.Gates;

/// <summary>
/// Counts how often the values of a column repeat. It keeps hashes of the distinct values and, above a limit, of a half, a quarter … of them, so that
/// the memory does not grow with the dataset. Of the movies with the same value, either all or none are in the sample.
/// </summary>
/// <param name="column">The column, as the dataset calls it.</param>
/// <param name="divisor">At first, the values whose hash is a multiple of this number are kept; 1 keeps all.</param>
internal sealed class RepeatedTexts(string column, int divisor)
{
    private const int Capacity = 1 << 16;

    private readonly Dictionary<ulong, int> _counts = [];
    private long _divisor = divisor;

    public string Column => column;

    /// <summary>Values added, estimated above the limit.</summary>
    public long Known => _counts.Values.Sum(count => (long)count) * _divisor;

    /// <summary>Distinct values, estimated above the limit.</summary>
    public long Distinct => _counts.Count * _divisor;

    /// <summary>Adds a value. Returns whether it repeats an earlier one.</summary>
    public bool Add(ulong hash)
    {
        if (hash % (ulong)_divisor != 0)
        {
            return false;
        }

        ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(_counts, hash, out var exists);
        count++;
        if (_counts.Count > Capacity)
        {
            _divisor *= 2;
            foreach (var key in _counts.Keys.Where(key => key % (ulong)_divisor != 0).ToList())
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
