namespace CineLedger.Storage;

/// <summary>
/// The numbers that the ledger gives to names, in the order in which they first came. A name keeps its number for ever, so a company
/// that is renamed gets a new one, and old snapshots go on showing the old name.
/// </summary>
internal sealed class NameTable
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private int _last;

    public void Load(IEnumerable<(int Number, string Name)> names)
    {
        foreach (var (number, name) in names)
        {
            _numbers[name] = number;
            _last = Math.Max(_last, number);
        }
    }

    /// <summary>The number of <paramref name="name"/>; <paramref name="isNew"/> where it has just been given.</summary>
    public int Number(string name, out bool isNew)
    {
        ref var number = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_numbers, name, out var known);
        isNew = !known;
        if (isNew)
        {
            number = ++_last;
        }

        return number;
    }
}
