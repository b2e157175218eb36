using System.Text;

namespace CineLedger.Samples;

/// <summary>Words or phrases in UTF-8, given as one string separated by <c>|</c>.</summary>
internal sealed class WordList
{
    private readonly byte[][] _words;

    public WordList(string words) => _words = [.. words.Split('|').Select(Encoding.UTF8.GetBytes)];

    public int Count => _words.Length;

    public ReadOnlySpan<byte> this[int index] => _words[index];

    public ReadOnlySpan<byte> Pick(ref Rng rng) => _words[rng.NextBelow(_words.Length)];
}
