using CineLedger.Model;
using CineLedger.Records;

namespace CineLedger.Loading;

/// <summary>Creates findings about the whole file from its beginning.</summary>
internal static class HeaderFindings
{
    /// <param name="reader">A reader positioned after the header.</param>
    /// <param name="file">The file's name.</param>
    /// <param name="unknown">Columns that no rule reads.</param>
    /// <param name="linesEndInLineFeeds">False for MovieLens files, whose lines end in CR LF.</param>
    public static IEnumerable<Finding> Create(RecordReader reader, string file, IReadOnlyList<string> unknown, bool linesEndInLineFeeds = true)
    {
        if (reader.HasByteOrderMark)
        {
            yield return new(FindingKind.Repair, Rules.SpreadsheetValue, file, 1, null, null, "byte order mark");
        }

        if (reader.HasCarriageReturns && linesEndInLineFeeds)
        {
            yield return new(FindingKind.Repair, Rules.SpreadsheetValue, file, 1, null, null, "lines end in CR LF");
        }

        foreach (var column in unknown)
        {
            yield return new(FindingKind.Flag, Rules.UnknownColumn, file, 1, null, column, null);
        }
    }
}
