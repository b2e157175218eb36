using System.Runtime.InteropServices;
using CineLedger.Model;

namespace CineLedger.Loading.Gates;

/// <summary>Counts the entries of one kind of list, by name and the supplier's ID.</summary>
internal sealed class ListProfile(GateList list)
{
    /// <summary>The number of different lists that are kept at a time.</summary>
    private const int MaxLists = 1 << 14;

    /// <summary>Movies by list. The parser returns the same object for the same text, so that most movies cost one lookup by reference.</summary>
    private readonly Dictionary<object, int> _lists = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<object, int> _entries = [];
    private readonly Dictionary<string, int> _names = [];
    private readonly Dictionary<long, (int Movies, int Largest)> _ids = [];
    private (long Repeated, string? Example)? _spellings;
    private long _sampled;
    private long _known;

    /// <summary>Movies with at least one entry, in the sample or not.</summary>
    public ColumnFigures Figures => new(list.Name, _known, null, null, null);

    /// <summary>Adds the list of a movie.</summary>
    /// <param name="movie">The movie.</param>
    /// <param name="isSampled">Whether its entries are counted.</param>
    /// <param name="count">1, or -1 to remove a movie that was added.</param>
    public void Add(Movie movie, bool isSampled, int count)
    {
        _known += list.HasAny(movie) ? count : 0;
        if (!isSampled)
        {
            return;
        }

        CollectionsMarshal.GetValueRefOrAddDefault(_lists, list.Get(movie), out _) += count;
        if (_lists.Count > MaxLists)
        {
            CountEntries();
        }
    }

    /// <summary>Does the work of <see cref="Summarize"/> in advance. A few movies that are added or removed later do not repeat it.</summary>
    public void Prepare()
    {
        CountEntries();
        _spellings = FindSpellings(_names.Keys);
    }

    public ListSummary Summarize()
    {
        CountEntries();
        var (repeated, example) = _spellings ?? FindSpellings(_names.Keys);
        var names = 0;
        KeyValuePair<string, int> top = default;
        foreach (var name in _names)
        {
            names += name.Value > 0 ? 1 : 0;
            top = top.Key is null || IsMoreFrequent(name, top) ? name : top;
        }

        var shared = 0;
        foreach (var (movies, largest) in _ids.Values)
        {
            shared += (movies - largest) * 100 > movies ? 1 : 0;
        }

        return new(list.Name, _sampled, names, top.Key, top.Value, repeated, example, _ids.Count, shared);
    }

    private void CountEntries()
    {
        foreach (var (key, count) in _lists)
        {
            var entries = (IReadOnlyList<object>)key;
            _sampled += entries.Count > 0 ? count : 0;
            for (var i = 0; i < entries.Count; i++)
            {
                ref var total = ref CollectionsMarshal.GetValueRefOrAddDefault(_entries, entries[i], out _);
                total += count;
                var (name, id) = list.Describe(entries[i]);
                CollectionsMarshal.GetValueRefOrAddDefault(_names, name, out _) += count;
                if (id is { } number)
                {
                    ref var movies = ref CollectionsMarshal.GetValueRefOrAddDefault(_ids, number, out _);
                    movies = (movies.Movies + count, Math.Max(movies.Largest, total));
                }
            }
        }

        _lists.Clear();
    }

    private static bool IsMoreFrequent(KeyValuePair<string, int> name, KeyValuePair<string, int> other) =>
        name.Value > other.Value || (name.Value == other.Value && string.CompareOrdinal(name.Key, other.Key) < 0);

    private static (long Repeated, string? Example) FindSpellings(Dictionary<string, int>.KeyCollection names)
    {
        var spellings = new Dictionary<string, string>(names.Count, StringComparer.OrdinalIgnoreCase);
        string? example = null;
        foreach (var name in names)
        {
            ref var first = ref CollectionsMarshal.GetValueRefOrAddDefault(spellings, name.Replace('\u00a0', ' ').Replace("  ", " ", StringComparison.Ordinal).Trim(), out _);
            example ??= first is null ? null : $"{first} and {name}";
            first ??= name;
        }

        return (names.Count - spellings.Count, example);
    }
}

/// <summary>Statistics of one kind of list, from a sample of the movies.</summary>
/// <param name="Name">The column, as the dataset calls it.</param>
/// <param name="Movies">Movies with at least one name.</param>
/// <param name="Names">Distinct names.</param>
/// <param name="Top">The most frequent name; null without names.</param>
/// <param name="TopMovies">The number of its movies.</param>
/// <param name="Repeated">Names that differ from another one only in letter case or spaces.</param>
/// <param name="Example">Two such names; null if there are none.</param>
/// <param name="Ids">The supplier's IDs.</param>
/// <param name="SharedIds">IDs with several names, if more than a hundredth of the movies have another name than the most frequent one.</param>
internal sealed record ListSummary(
    string Name, long Movies, long Names, string? Top, long TopMovies, long Repeated, string? Example, long Ids, long SharedIds);
