using System.Text;

namespace CineLedger.Cleaning;

/// <summary>Shares the strings of short, frequent texts, such as languages and release states.</summary>
internal sealed class StringPool
{
    private const int Slots = 64;
    private readonly string?[] _strings = new string?[Slots];

    /// <summary>Returns the same text as <see cref="TextParser.Parse"/>.</summary>
    public string? GetOrAdd(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return null;
        }

        ref var known = ref _strings[(text.Length + (text[0] * 5) + (text[^1] * 13)) & (Slots - 1)];
        return known is not null && Ascii.Equals(text, known) ? known : known = TextParser.Parse(text);
    }
}
