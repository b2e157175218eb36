namespace CineLedger.Reports.Search;

/// <summary>The different letters and digits of a folded name, one bit each. Digits share bits, and letters outside ASCII are left out.</summary>
internal static class LetterSet
{
    private const int Letters = 26;
    private const int DigitBits = 32 - Letters;

    private static readonly uint[] Bits = [.. Enumerable.Range(0, 256).Select(letter =>
        char.IsAsciiLetterUpper((char)letter) ? 1U << (letter - 'A') : char.IsAsciiDigit((char)letter) ? 1U << (Letters + ((letter - '0') % DigitBits)) : 0)];

    public static uint Create(ReadOnlySpan<byte> folded)
    {
        var set = 0U;
        foreach (var letter in folded)
        {
            set |= Bits[letter];
        }

        return set;
    }
}
