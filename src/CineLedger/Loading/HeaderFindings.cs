using System.Globalization;
using CineLedger.Model;
using CineLedger.Records;
using CineLedger.Sources.Decoding;

namespace CineLedger.Loading;

/// <summary>Creates the findings about a whole file, which are complete when the file has been read to its end.</summary>
internal static class HeaderFindings
{
    /// <param name="reader">A reader positioned after the header.</param>
    /// <param name="text">Its stream.</param>
    /// <param name="file">The file's name.</param>
    /// <param name="unknown">Columns that no rule reads.</param>
    /// <param name="missing">Known columns that the file does not have.</param>
    /// <param name="linesEndInLineFeeds">False for MovieLens files, whose lines end in CR LF.</param>
    public static IEnumerable<Finding> Create(
        RecordReader reader, TextStream text, string file, IReadOnlyList<string> unknown, IReadOnlyList<string> missing, bool linesEndInLineFeeds = true)
    {
        foreach (var finding in Create(text, file))
        {
            yield return finding;
        }

        if (reader.HasByteOrderMark)
        {
            yield return CreateSpreadsheetFinding("byte order mark");
        }

        if (reader.HasCarriageReturns && linesEndInLineFeeds)
        {
            yield return CreateSpreadsheetFinding("lines end in CR LF");
        }

        if (GetDelimiterName(reader.Delimiter) is { } delimiter)
        {
            yield return CreateSpreadsheetFinding($"columns separated by {delimiter}");
        }

        if (reader.Title.Length > 0)
        {
            yield return CreateSpreadsheetFinding($"{reader.Title} (above the header)");
        }

        foreach (var column in unknown)
        {
            yield return new(FindingKind.Flag, Rules.UnknownColumn, file, 1, null, column, null);
        }

        foreach (var column in missing)
        {
            yield return new(FindingKind.Flag, Rules.MissingColumn, file, 1, null, column, null);
        }

        Finding CreateSpreadsheetFinding(string value) => new(FindingKind.Repair, Rules.SpreadsheetValue, file, 1, null, null, value);
    }

    /// <summary>Creates the findings about a file's encoding.</summary>
    public static IEnumerable<Finding> Create(TextStream text, string file)
    {
        if (text.Encoding is { } encoding)
        {
            yield return new(FindingKind.Repair, Rules.Encoding, file, 1, null, null, encoding.WebName);
        }

        if (text.NulBytes > 0)
        {
            yield return new(FindingKind.Repair, Rules.Encoding, file, 1, null, null, string.Create(CultureInfo.InvariantCulture, $"{text.NulBytes:N0} NUL bytes removed"));
        }
    }

    /// <summary>Returns the name of a delimiter other than the comma, which is the dataset's own; null for a comma.</summary>
    public static string? GetDelimiterName(byte delimiter) => (char)delimiter switch
    {
        ',' => null,
        ';' => "semicolons",
        '\t' => "tabs",
        '|' => "pipes",
        var other => $"'{other}'",
    };
}
