namespace CineLedger.Reports.Yearly;

/// <summary>A list of numbers for each of so many keys, from 0: all in one array, one after the other (what matrices call compressed sparse rows).</summary>
internal sealed class Lists
{
    private readonly int[] _starts;
    private readonly int[] _items;

    /// <summary>Of pairs of a key and an item; in a list items keep the order in which they came.</summary>
    public Lists(int count, ReadOnlySpan<int> keys, ReadOnlySpan<int> items)
        : this(count, items.Length)
    {
        foreach (var key in keys)
        {
            _starts[key + 2]++;
        }

        AddUp();
        for (var i = 0; i < items.Length; i++)
        {
            _items[_starts[keys[i] + 1]++] = items[i];
        }
    }

    // Counted one place further, so that filling the lists moves each start to where the next one's was.
    private Lists(int count, int items) => (_starts, _items) = (new int[count + 2], new int[items]);

    public int Count => _starts.Length - 2;

    public ReadOnlySpan<int> this[int key] => _items.AsSpan(_starts[key].._starts[key + 1]);

    /// <summary>The other way round: for each item, of so many, the keys in whose lists it is, in the order that is given of all keys.</summary>
    public Lists Turn(int count, ReadOnlySpan<int> order)
    {
        var turned = new Lists(count, _items.Length);
        foreach (var item in _items)
        {
            turned._starts[item + 2]++;
        }

        turned.AddUp();
        foreach (var key in order)
        {
            foreach (var item in this[key])
            {
                turned._items[turned._starts[item + 1]++] = key;
            }
        }

        return turned;
    }

    private void AddUp()
    {
        for (var i = 2; i < _starts.Length; i++)
        {
            _starts[i] += _starts[i - 1];
        }
    }
}
