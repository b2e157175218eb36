namespace CineLedger.Cleaning;

/// <summary>Text fields, kept as they stand but for their line ends.</summary>
internal static class TextParser
{
    private const int MaxFindingLength = 100_000;

    /// <summary>
    /// The field as a string, null where it is empty. CR and CRLF become LF, so that a text is the same whichever way its file's
    /// lines end.
    /// </summary>
    public static string? Parse(ReadOnlySpan<byte> text) => new MovieTextBuffer(text.Length).Add(text).Text;

    /// <summary>What a finding keeps of a text that no file vouches for: no NUL, which not every store holds, and the beginning of one that is very long.</summary>
    public static string TruncateForFinding(string text) =>
        (text.Length <= MaxFindingLength ? text : string.Concat(text.AsSpan(0, MaxFindingLength), " …")).Replace('\0', '\u2400');
}
