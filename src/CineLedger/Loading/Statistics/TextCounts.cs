using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using CineLedger.Model;

namespace CineLedger.Loading.Statistics;

/// <summary>
/// Counts the texts of a column by their fingerprints, so that the texts themselves need no memory. Only those that may appear in the statistics are kept:
/// the smallest, the largest and the most frequent ones.
/// </summary>
/// <param name="hasLengths">Whether the lengths of the texts are counted.</param>
/// <param name="expected">The number of different texts to reserve space for.</param>
internal sealed class TextCounts(bool hasLengths, int expected)
{
    /// <summary>The maximum number of frequent texts that are kept. When there are more, the number of movies that a text needs is doubled.</summary>
    private const int MaxFrequent = 1 << 12;

    /// <summary>The number of smallest texts that are kept: enough to complete the most frequent ones with texts that occur once.</summary>
    private const int MaxSmallest = (2 * ValueStatistics.MaxFrequent) - 1;

    private readonly FingerprintMap _counts = new(expected);
    private readonly IdMap<long, int> _lengths = new(16);
    private readonly Dictionary<Fingerprint, byte[]> _frequent = [];
    private readonly List<byte[]> _smallest = [];
    private byte[] _largest = [];
    private int _minFrequent = 2;

    /// <summary>Whether a text was removed that may have been the smallest or the largest; its successor is not known.</summary>
    private bool _isIncomplete;

    /// <param name="text">The text in UTF-8.</param>
    /// <param name="count">1, or -1 to remove a text that was added.</param>
    public void Add(ReadOnlySpan<byte> text, int count)
    {
        var key = Fingerprint.Create(text);
        ref var movies = ref _counts[key];
        movies += count;
        if (hasLengths)
        {
            _lengths[CountCharacters(text)] += count;
        }

        if (count < 0)
        {
            _isIncomplete |= movies == 0 && (text.SequenceCompareTo(_largest) >= 0 || text.SequenceCompareTo(_smallest[^1]) <= 0);
        }
        else if (movies == 1)
        {
            AddExtreme(text);
        }
        else if (movies == _minFrequent)
        {
            // Once is enough: a text that is removed when the minimum rises reaches the new minimum later.
            AddFrequent(key, text);
        }
    }

    /// <summary>Returns the statistics; null if they cannot be determined because texts were removed.</summary>
    public ValueStatistics? Summarize()
    {
        var (known, distinct) = (0L, 0L);
        var (_, counts) = _counts.ToArrays();
        foreach (var count in counts)
        {
            (known, distinct) = (known + count, distinct + (count > 0 ? 1 : 0));
        }

        var frequent = _frequent.Select(text => new CountedText(text.Value, _counts[text.Key])).Where(text => text.Movies >= _minFrequent)
            .OrderByDescending(text => text.Movies).ThenBy(text => text.Text, Comparer<byte[]>.Create((one, other) => one.AsSpan().SequenceCompareTo(other)))
            .Concat(_smallest.Select(text => new CountedText(text, _counts[Fingerprint.Create(text)])).Where(text => text.Movies == 1 && _minFrequent == 2))
            .Take(ValueStatistics.MaxFrequent).Select(text => new ValueFrequency(Encoding.UTF8.GetString(text.Text), text.Movies)).ToList();
        if (_isIncomplete || frequent.Count < Math.Min(distinct, ValueStatistics.MaxFrequent))
        {
            return null;
        }

        var (lengths, movies) = _lengths.ToArrays();
        Array.Sort(lengths, movies);
        return new(
            known, distinct, known == 0 ? null : Encoding.UTF8.GetString(_smallest[0]), known == 0 ? null : Encoding.UTF8.GetString(_largest), null,
            Distribution.Create(lengths, movies, length => length.ToString(CultureInfo.InvariantCulture)), frequent);
    }

    private void AddExtreme(ReadOnlySpan<byte> text)
    {
        if (_smallest.Count < MaxSmallest || text.SequenceCompareTo(_smallest[^1]) < 0)
        {
            var at = 0;
            while (at < _smallest.Count && text.SequenceCompareTo(_smallest[at]) > 0)
            {
                at++;
            }

            if (at == _smallest.Count || !text.SequenceEqual(_smallest[at]))
            {
                _smallest.Insert(at, text.ToArray());
                _smallest.RemoveRange(Math.Min(_smallest.Count, MaxSmallest), Math.Max(0, _smallest.Count - MaxSmallest));
            }
        }

        if (text.SequenceCompareTo(_largest) > 0)
        {
            _largest = text.ToArray();
        }
    }

    private void AddFrequent(Fingerprint key, ReadOnlySpan<byte> text)
    {
        ref var kept = ref CollectionsMarshal.GetValueRefOrAddDefault(_frequent, key, out var exists);
        if (exists)
        {
            return;
        }

        kept = text.ToArray();
        while (_frequent.Count > MaxFrequent)
        {
            _minFrequent *= 2;
            foreach (var other in _frequent.Keys.Where(other => _counts[other] < _minFrequent).ToList())
            {
                _frequent.Remove(other);
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
