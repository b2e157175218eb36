namespace CineLedger.Cleaning;

/// <summary>Parses text fields, which are kept unchanged except for their line ends.</summary>
internal static class TextParser
{
    private const int MaxFindingLength = 100_000;

    /// <summary>
    /// Returns the field as a string, or null if it is empty. CR and CRLF become LF, so that a text does not depend on the line ends of its file.
    /// </summary>
    public static string? Parse(ReadOnlySpan<byte> text) => new MovieTextBuffer(text.Length).Add(text).Text;

    /// <summary>Prepares an unvalidated text for a finding: replaces NUL, which not every store supports, and truncates very long texts.</summary>
    public static string TruncateForFinding(string text) =>
        (text.Length <= MaxFindingLength ? text : string.Concat(text.AsSpan(0, MaxFindingLength), " …")).Replace('\0', '\u2400');
}
