using System.Runtime.InteropServices;
using CineLedger.Model;
using CineLedger.Storage.Writing;

namespace CineLedger.Loading.Statistics;

/// <summary>Counts the entries of one kind of list of the movies file, by name.</summary>
/// <param name="get">Returns the entries of a movie.</param>
/// <param name="getName">Returns the name or code of an entry, as the ledger numbers it.</param>
/// <param name="numbers">The numbers of the names.</param>
/// <param name="max">The number of most frequent names.</param>
/// <param name="areShared">Whether most movies share their list with others.</param>
internal sealed class ListCounts(Func<Movie, IReadOnlyList<object>> get, Func<object, string> getName, NameTable numbers, int max, bool areShared)
{
    /// <summary>The maximum number of different lists that are kept before their entries are counted.</summary>
    private const int MaxLists = 1 << 12;

    /// <summary>Movies by shared list. The parser returns the same object for the same text, so that most movies cost one lookup by reference.</summary>
    private readonly Dictionary<object, int> _lists = new(ReferenceEqualityComparer.Instance);
    private readonly FingerprintMap _names = new(1 << 10);
    private readonly IdMap<long, int> _perMovie = new(16);

    /// <param name="movie">The movie.</param>
    /// <param name="count">1, or -1 to remove a movie that was added.</param>
    public void Add(Movie movie, int count)
    {
        var list = get(movie);
        if (!areShared)
        {
            CountEntries(list, count);
            return;
        }

        CollectionsMarshal.GetValueRefOrAddDefault(_lists, list, out _) += count;
        if (_lists.Count > MaxLists)
        {
            CountLists();
        }
    }

    /// <summary>Returns the statistics; null if a query must determine them. Call it when the names of all movies have numbers.</summary>
    public NameStatistics? Summarize()
    {
        CountLists();
        var (names, movies) = _names.ToArrays();
        return NameStatistics.Create(_perMovie, max, i => numbers.FindNumber(names[i]), movies);
    }

    private void CountLists()
    {
        foreach (var (list, count) in _lists)
        {
            CountEntries((IReadOnlyList<object>)list, count);
        }

        _lists.Clear();
    }

    private void CountEntries(IReadOnlyList<object> entries, int count)
    {
        if (entries.Count > 0)
        {
            _perMovie[entries.Count] += count;
        }

        for (var i = 0; i < entries.Count; i++)
        {
            _names[numbers.GetKey(getName(entries[i]))] += count;
        }
    }
}
