using System.Data.Common;
using System.Globalization;
using System.Text;
using CineLedger.Model;

namespace CineLedger.Storage.Writing;

/// <summary>Statistics of data of which a movie may have several entries: the entries per movie, and the movies of each name.</summary>
/// <param name="Known">Movies with at least one entry.</param>
/// <param name="Entries">The number of entries.</param>
/// <param name="Distinct">The number of distinct names.</param>
/// <param name="PerMovie">The number of movies by their number of entries.</param>
/// <param name="Top">The most frequent names: the number of each name and of its movies, including all names that tie with the last one.</param>
internal sealed record NameStatistics(long Known, long Entries, long Distinct, IdMap<long, int> PerMovie, IReadOnlyList<CountedName> Top)
{
    /// <summary>The maximum number of names before they are ordered. If more names tie, a query determines the first ones.</summary>
    private const int MaxTop = 500;

    /// <summary>Creates statistics; null if too many names are equally frequent.</summary>
    /// <param name="perMovie">The number of movies by their number of entries.</param>
    /// <param name="max">The number of names to select.</param>
    /// <param name="numbers">Returns the number of a name by its index.</param>
    /// <param name="movies">The number of movies of each name.</param>
    public static NameStatistics? Create(IdMap<long, int> perMovie, int max, Func<int, int> numbers, ReadOnlySpan<int> movies)
    {
        var largest = new PriorityQueue<int, int>();
        var distinct = 0L;
        foreach (var count in movies)
        {
            distinct += count > 0 ? 1 : 0;
            if (count > 0 && (largest.Count < max || count > largest.Peek()))
            {
                largest.Enqueue(count, count);
                if (largest.Count > max)
                {
                    largest.Dequeue();
                }
            }
        }

        List<CountedName> top = [];
        for (var i = 0; i < movies.Length && top.Count <= MaxTop; i++)
        {
            if (movies[i] > 0 && movies[i] >= largest.Peek())
            {
                top.Add(new(numbers(i), movies[i]));
            }
        }

        var (counts, lists) = perMovie.ToArrays();
        return top.Count > MaxTop ? null : new(
            lists.Where((_, i) => counts[i] > 0).Sum(count => (long)count), counts.Select((count, i) => count * lists[i]).Sum(), distinct, perMovie, top);
    }

    /// <summary>Returns the most frequent names, ordered like the query: by number of movies, name and number.</summary>
    public async Task<IReadOnlyList<ValueFrequency>> ReadTopAsync(DbConnection connection, string table, string label, int max, CancellationToken cancellationToken)
    {
        if (Top.Count == 0)
        {
            return [];
        }

        var names = new Dictionary<int, string>();
        await connection.ReadEachAsync(
            $"SELECT d.{table}_id, {label} FROM {table} d WHERE d.{table}_id IN ({string.Join(", ", Top.Select(name => name.Number.ToString(CultureInfo.InvariantCulture)))})",
            row => names[row.GetInt32(0)] = row.GetString(1), cancellationToken).ConfigureAwait(false);
        return
        [
            .. Top.OrderByDescending(name => name.Movies)
                .ThenBy(name => Encoding.UTF8.GetBytes(names[name.Number]), Comparer<byte[]>.Create((one, other) => one.AsSpan().SequenceCompareTo(other)))
                .ThenBy(name => name.Number).Take(max).Select(name => new ValueFrequency(names[name.Number], name.Movies)),
        ];
    }
}

/// <summary>The number of a name, and the number of its movies.</summary>
internal sealed record CountedName(int Number, int Movies);

/// <summary>Counts the credits and keywords that a load writes.</summary>
internal sealed record RelatedCounts(NameCounts Cast, NameCounts Crew, NameCounts Keywords);

/// <summary>Counts the movies of names that have numbers, while their rows are written movie by movie.</summary>
internal sealed class NameCounts
{
    private NameMovies[] _names = [];
    private int _last;
    private readonly IdMap<long, int> _perMovie = new(16);
    private int _movie;
    private int _entries;

    /// <summary>Begins the next movie.</summary>
    public void BeginMovie() => (_movie, _entries) = (_movie + 1, 0);

    public void Add(int number)
    {
        if (number >= _names.Length)
        {
            Array.Resize(ref _names, Math.Max(1024, number + (number / 2)));
        }

        _last = Math.Max(_last, number);
        ref var name = ref _names[number];
        name.Movies += name.Last == _movie ? 0 : 1;
        name.Last = _movie;
        _entries++;
    }

    public void EndMovie()
    {
        if (_entries > 0)
        {
            _perMovie[_entries]++;
        }
    }

    public NameStatistics? Summarize()
    {
        int[] movies = [.. _names.Take(_last + 1).Select(name => name.Movies)];
        return NameStatistics.Create(_perMovie, ValueStatistics.MaxFrequent, number => number, movies);
    }

    private struct NameMovies
    {
        public int Movies;
        public int Last;
    }
}
