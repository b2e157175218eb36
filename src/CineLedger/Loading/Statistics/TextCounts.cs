using System.IO.Hashing;
using System.Text;
using CineLedger.Model;

namespace CineLedger.Loading.Statistics;

/// <summary>
/// The texts of a column as hashes, in the order of the movies, so that the texts themselves need no memory. They are counted when all are known, because sorting hashes
/// is faster than looking up each. Only the smallest texts and the largest one are kept; the store has the most frequent ones.
/// </summary>
/// <param name="hasLengths">Whether the lengths of the texts are counted.</param>
internal sealed class TextCounts(bool hasLengths)
{
    /// <summary>The maximum number of texts that are read from the store to order them. If more texts tie, a query determines the first ones.</summary>
    private const int MaxFrequent = 1 << 12;

    /// <summary>The number of smallest texts that are kept: enough to complete the most frequent ones with texts that occur once.</summary>
    private const int MaxSmallest = (2 * ValueStatistics.MaxFrequent) - 1;
    private const ulong Unknown = 0;

    private readonly ChunkedList<ulong> _hashes = new();
    private readonly IdMap<long, int> _lengths = new(16);
    private readonly List<byte[]> _smallest = [];
    private byte[] _largest = [];

    /// <summary>The removed texts that may have been the smallest or the largest; their successors are not known.</summary>
    private readonly List<ulong> _removed = [];

    /// <summary>The smallest texts that occur once.</summary>
    private readonly List<byte[]> _single = [];
    private bool _isIncomplete;
    private int _known;
    private int _distinct;

    /// <summary>The texts that may be the most frequent ones; none if too many are equally frequent. Each text is that of its movie in the store.</summary>
    public List<FrequentText> Frequent { get; private set; } = [];

    /// <summary>Adds the text of the next movie.</summary>
    /// <param name="text">The text in UTF-8.</param>
    public void Add(ReadOnlySpan<byte> text)
    {
        _hashes.Add(Hash(text));
        if (hasLengths)
        {
            _lengths[CountCharacters(text)]++;
        }

        if (_smallest.Count < MaxSmallest || text.SequenceCompareTo(_smallest[^1]) < 0)
        {
            AddSmallest(text);
        }

        if (text.SequenceCompareTo(_largest) > 0)
        {
            _largest = text.ToArray();
        }
    }

    /// <summary>Adds the next movie, whose text is unknown.</summary>
    public void AddUnknown() => _hashes.Add(Unknown);

    /// <summary>Removes the text of a movie by its index.</summary>
    public void Remove(int movie) => _hashes[movie] = Unknown;

    /// <summary>Removes a text from the lengths and the extremes. The caller also removes the movie.</summary>
    public void Remove(ReadOnlySpan<byte> text)
    {
        if (hasLengths)
        {
            _lengths[CountCharacters(text)]--;
        }

        if (text.SequenceCompareTo(_largest) >= 0 || text.SequenceCompareTo(_smallest[^1]) <= 0)
        {
            _removed.Add(Hash(text));
        }
    }

    /// <summary>Counts the texts. Call it when all movies are added.</summary>
    /// <param name="keys">Space for as many numbers as there are movies.</param>
    /// <param name="space">More space of this size.</param>
    public void Count(Span<ulong> keys, Span<ulong> space)
    {
        for (var i = 0; i < _hashes.Count; i++)
        {
            if (_hashes[i] != Unknown)
            {
                keys[_known++] = _hashes[i];
            }
        }

        var sorted = RadixSort.Sort(keys[.._known], space);
        var largest = new int[ValueStatistics.MaxFrequent];
        var repeated = new List<FrequentText>();
        for (int start = 0, end; start < sorted.Length; start = end)
        {
            end = sorted.FindEnd(start);
            _distinct++;
            var movies = end - start;
            if (movies > 1 && movies >= largest[^1])
            {
                repeated.Add(new(sorted[start], movies));
                var place = largest.Length - 1;
                for (; place > 0 && largest[place - 1] < movies; place--)
                {
                    largest[place] = largest[place - 1];
                }

                largest[place] = movies;
            }
        }

        Frequent = repeated.FindAll(text => text.Movies >= largest[^1]);
        if (Frequent.Count > MaxFrequent)
        {
            (Frequent, _isIncomplete) = ([], true);
        }

        foreach (var hash in _removed)
        {
            _isIncomplete |= CountMovies(sorted, hash) == 0;
        }

        foreach (var text in _smallest)
        {
            if (CountMovies(sorted, Hash(text)) == 1)
            {
                _single.Add(text);
            }
        }

        FindMovies();
    }

    /// <summary>Returns the statistics; null if they cannot be determined because texts were removed or too many are equally frequent.</summary>
    /// <param name="getText">Returns the text of a movie by its index.</param>
    public ValueStatistics? Summarize(Func<int, string> getText)
    {
        if (_isIncomplete)
        {
            return null;
        }

        var frequent = Frequent.Select(text => new CountedText(Encoding.UTF8.GetBytes(getText(text.Movie)), text.Movies)).ToList();
        frequent.Sort((one, other) => one.Movies != other.Movies ? other.Movies.CompareTo(one.Movies) : one.Text.AsSpan().SequenceCompareTo(other.Text));
        if (frequent.Count < ValueStatistics.MaxFrequent)
        {
            frequent.AddRange(_single.Select(text => new CountedText(text, 1)));
        }

        var isKnown = _known > 0;
        return new(
            _known, _distinct, isKnown ? Encoding.UTF8.GetString(_smallest[0]) : null, isKnown ? Encoding.UTF8.GetString(_largest) : null, null,
            Distribution.Create(_lengths),
            [.. frequent.Take(ValueStatistics.MaxFrequent).Select(text => new ValueFrequency(Encoding.UTF8.GetString(text.Text), text.Movies))]);
    }

    private static ulong Hash(ReadOnlySpan<byte> text) => XxHash3.HashToUInt64(text) is not Unknown and var hash ? hash : 1;

    private static int CountMovies(Span<ulong> sorted, ulong hash)
    {
        var (start, end) = (0, sorted.Length);
        while (start < end)
        {
            var middle = (start + end) / 2;
            (start, end) = sorted[middle] < hash ? (middle + 1, end) : (start, middle);
        }

        return start < sorted.Length && sorted[start] == hash ? sorted.FindEnd(start) - start : 0;
    }

    /// <summary>Finds a movie for each of the frequent texts.</summary>
    private void FindMovies()
    {
        var missing = new Dictionary<ulong, FrequentText>();
        foreach (var text in Frequent)
        {
            missing.Add(text.Hash, text);
        }

        for (var movie = 0; movie < _hashes.Count && missing.Count > 0; movie++)
        {
            if (missing.Remove(_hashes[movie], out var text))
            {
                text.Movie = movie;
            }
        }
    }

    private void AddSmallest(ReadOnlySpan<byte> text)
    {
        var at = 0;
        while (at < _smallest.Count && text.SequenceCompareTo(_smallest[at]) > 0)
        {
            at++;
        }

        if (at == _smallest.Count || !text.SequenceEqual(_smallest[at]))
        {
            _smallest.Insert(at, text.ToArray());
            if (_smallest.Count > MaxSmallest)
            {
                _smallest.RemoveAt(MaxSmallest);
            }
        }
    }

    private static int CountCharacters(ReadOnlySpan<byte> text)
    {
        if (Ascii.IsValid(text))
        {
            return text.Length;
        }

        var characters = 0;
        foreach (var unit in text)
        {
            // A character's further bytes start with the bits 10.
            characters += (unit & 0xC0) == 0x80 ? 0 : 1;
        }

        return characters;
    }

    private sealed record CountedText(byte[] Text, int Movies);
}

/// <summary>A text of several movies.</summary>
internal sealed class FrequentText(ulong hash, int movies)
{
    public ulong Hash { get; } = hash;

    /// <summary>The number of movies with this text.</summary>
    public int Movies { get; } = movies;

    /// <summary>The index of the first movie with this text.</summary>
    public int Movie { get; set; }
}
