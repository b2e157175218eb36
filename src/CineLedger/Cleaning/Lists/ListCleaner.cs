using System.Text;
using CineLedger.Model;
using CineLedger.Records;

namespace CineLedger.Cleaning.Lists;

/// <summary>
/// Makes of a record that holds lists about one movie (credits.csv, keywords.csv) what the ledger keeps of it, or findings. One cleaner
/// serves one thread.
/// </summary>
/// <param name="columns">Of the file, the movie's id first.</param>
/// <param name="file">The file's name, for findings.</param>
internal abstract class ListCleaner<T>(FileColumns columns, string file)
{
    private SpreadsheetFindings _spreadsheet = new(file);

    protected FileColumns FileColumns => columns;

    protected ContentHasher Content { get; } = new();

    public SpreadsheetFindings DetachSpreadsheetFindings()
    {
        var detached = _spreadsheet;
        _spreadsheet = new(file);
        return detached;
    }

    /// <summary>Reads one record. Null where it says nothing of any movie: then <paramref name="findings"/> says why, but for an empty row.</summary>
    public MovieItems<T>? Clean(RecordView record, List<Finding> findings)
    {
        if (record.IsEmpty)
        {
            _spreadsheet.Add("empty row", null, null, record.Line);
            return null;
        }

        if (!FileColumns.Matches(record))
        {
            findings.Add(new(FindingKind.Reject, Rules.WrongColumnCount, file, record.Line, null, null, record.RawText));
            return null;
        }

        if (!IdParser.TryParse(record[FileColumns[0]], out var id, out var spreadsheetId))
        {
            findings.Add(new(FindingKind.Reject, Rules.InvalidId, file, record.Line, null, "id", record.RawText));
            return null;
        }

        if (spreadsheetId)
        {
            _spreadsheet.Add("number with .0", "id", Encoding.UTF8.GetString(record[FileColumns[0]]), record.Line);
        }

        if (record.Pieces > 1)
        {
            findings.Add(new(FindingKind.Repair, Rules.SplitRecord, file, record.Line, id, null, record.RawText));
        }

        var items = Read(record, id, findings, out var hash);
        return new MovieItems<T>(id, record.Line, items.Count == 0 ? 0 : hash, items);
    }

    /// <summary>True where a record joined from pieces reads as one in every field: the test that keeps two strangers from being joined.</summary>
    public bool IsComplete(RecordView record)
    {
        var findings = new List<Finding>();
        if (!FileColumns.Matches(record) || !IdParser.TryParse(record[FileColumns[0]], out var id, out _))
        {
            return false;
        }

        Read(record, id, findings, out _);
        return findings.Count == 0;
    }

    /// <summary>Reads the record's lists; one that cannot be read is empty, with a finding.</summary>
    protected abstract IReadOnlyList<T> Read(RecordView record, long id, List<Finding> findings, out long hash);

    protected Finding CreateInvalidList(RecordView record, long id, string field, ReadOnlySpan<byte> text, string? problem) =>
        new(FindingKind.Reject, Rules.InvalidList, file, record.Line, id, field, $"{Encoding.UTF8.GetString(text)} ({problem})");
}
