using System.Text;
using CineLedger.Model;
using CineLedger.Records;

namespace CineLedger.Cleaning;

/// <summary>Creates the findings about defects that the reader found or repaired in a record.</summary>
internal static class RecordDefects
{
    /// <summary>The form of quotes that was repaired, for <see cref="SpreadsheetFindings"/>.</summary>
    public const string BackslashQuotes = "quotes escaped by backslashes";

    /// <summary>Returns the finding about a record that the reader has marked as unusable; null for any other record.</summary>
    public static Finding? Find(RecordView record, string file) => record.Defect switch
    {
        RecordDefect.OpenQuote => new(FindingKind.Reject, Rules.OpenQuote, file, record.Line, null, null, TextParser.TruncateForFinding(record.RawText)),
        RecordDefect.RepeatedHeader => new(FindingKind.Drop, Rules.RepeatedHeader, file, record.Line, null, null, TextParser.TruncateForFinding(record.RawText)),
        _ => null,
    };

    /// <summary>Adds a finding if a field has damaged characters that were replaced.</summary>
    public static void AddReplacements(RecordView record, int index, string field, long id, string file, List<Finding> findings)
    {
        if (record[index] is var text && text.IndexOf("\uFFFD"u8) >= 0)
        {
            findings.Add(new(FindingKind.Repair, Rules.DamagedText, file, record.Line, id, field, TextParser.TruncateForFinding(Encoding.UTF8.GetString(text))));
        }
    }
}
