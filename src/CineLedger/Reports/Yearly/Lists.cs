namespace CineLedger.Reports.Yearly;

/// <summary>A list of numbers for each of so many keys, from 0: all in one array, one after the other (what matrices call compressed sparse rows).</summary>
internal sealed class Lists
{
    private readonly int[] _starts;
    private readonly int[] _items;

    /// <summary>Of pairs of a key and an item; in a list items keep the order in which they came.</summary>
    public Lists(int count, ReadOnlySpan<int> keys, ReadOnlySpan<int> items)
    {
        // Counted one place further, so that filling the lists moves each start to where the next one's was.
        _starts = new int[count + 2];
        foreach (var key in keys)
        {
            _starts[key + 2]++;
        }

        for (var i = 2; i < _starts.Length; i++)
        {
            _starts[i] += _starts[i - 1];
        }

        _items = new int[items.Length];
        for (var i = 0; i < items.Length; i++)
        {
            _items[_starts[keys[i] + 1]++] = items[i];
        }
    }

    public int Count => _starts.Length - 2;

    public ReadOnlySpan<int> this[int key] => _items.AsSpan(_starts[key].._starts[key + 1]);
}
