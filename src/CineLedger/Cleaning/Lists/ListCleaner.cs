using System.Text;
using CineLedger.Model;
using CineLedger.Records;

namespace CineLedger.Cleaning.Lists;

/// <summary>
/// Converts records that contain lists about a movie (credits.csv, keywords.csv) to items for the ledger and reports findings. A cleaner must be used by one
/// thread only.
/// </summary>
/// <param name="columns">The file's columns, the movie's id first.</param>
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

    /// <summary>Reads one record. Returns null for an empty row, or if the record is unusable; then the reason is in <paramref name="findings"/>.</summary>
    public MovieItems<T>? Clean(RecordView record, List<Finding> findings)
    {
        if (record.IsEmpty)
        {
            _spreadsheet.Add("empty row", null, null, record.Line);
            return null;
        }

        if (RecordDefects.Find(record, file) is { } defect)
        {
            findings.Add(defect);
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

        if (record.Defect == RecordDefect.BackslashQuotes)
        {
            _spreadsheet.Add(RecordDefects.BackslashQuotes, null, null, record.Line);
        }

        for (var i = 0; i < FileColumns.Required.Length && record.HasReplacements; i++)
        {
            RecordDefects.AddReplacements(record, FileColumns[i], FileColumns.Required[i], id, file, findings);
        }

        var items = Read(record, id, findings, out var hash);
        return new MovieItems<T>(id, record.Line, items.Count == 0 ? 0 : hash, items);
    }

    /// <summary>Returns true if every field of a record joined from pieces is valid. This test prevents joining unrelated records.</summary>
    public bool IsComplete(RecordView record)
    {
        var findings = new List<Finding>();
        if (!FileColumns.Matches(record) || !IdParser.TryParse(record[FileColumns[0]], out var id, out _))
        {
            return false;
        }

        Read(record, id, findings, out _);
        return findings.TrueForAll(finding => finding.Kind != FindingKind.Reject);
    }

    /// <summary>Reads the record's lists. An invalid list is empty and leads to a finding.</summary>
    protected abstract IReadOnlyList<T> Read(RecordView record, long id, List<Finding> findings, out long hash);

    /// <param name="record">The record.</param>
    /// <param name="id">The movie.</param>
    /// <param name="field">The column.</param>
    /// <param name="text">Its text.</param>
    /// <param name="problem">The problem, with its position.</param>
    /// <param name="invalidEntry">The entry that has the problem, if the others were kept; null if the list is empty because of it.</param>
    protected Finding CreateInvalidList(RecordView record, long id, string field, ReadOnlySpan<byte> text, string? problem, string? invalidEntry = null) => new(
        FindingKind.Reject, invalidEntry is null ? Rules.InvalidList : Rules.InvalidEntry, file, record.Line, id, field, $"{invalidEntry ?? Encoding.UTF8.GetString(text)} ({problem})");

    protected void AddWronglyDecoded(string name, string field, int line) => _spreadsheet.Add(FindingKind.Flag, Rules.WronglyDecoded, name, field, null, line);

    protected Finding CreateAmbiguousNames(RecordView record, long id, string field, ReadOnlySpan<byte> text) =>
        new(FindingKind.Flag, Rules.AmbiguousNames, file, record.Line, id, field, Encoding.UTF8.GetString(text));
}
