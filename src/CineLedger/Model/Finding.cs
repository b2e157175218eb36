namespace CineLedger.Model;

/// <summary>
/// Something the cleaner did or refused.
/// </summary>
/// <param name="Kind">What became of the data.</param>
/// <param name="Rule">The rule's name, as docs/cleaning.md lists it.</param>
/// <param name="File">Name of the file inside the dataset.</param>
/// <param name="Line">Physical line, from 1, on which the record starts.</param>
/// <param name="MovieId">The film concerned; null where the record shows none.</param>
/// <param name="Field">The column; null where the finding is about the whole record or file.</param>
/// <param name="Value">The text as it was read: of the field, or of the record where it was rejected.</param>
/// <param name="Occurrences">1, but where one finding stands for many records: what a spreadsheet did to a whole column, the ratings of a
/// film that cannot be used, what is beyond the examples kept of one rule. The first of them is the one named.</param>
public sealed record Finding(
    FindingKind Kind,
    string Rule,
    string File,
    int Line,
    long? MovieId,
    string? Field,
    string? Value,
    long Occurrences = 1);

/// <summary>What became of the data: mended, refused, left out as surplus, or kept and pointed at.</summary>
public enum FindingKind
{
    Repair,
    Reject,
    Drop,
    Flag,
}

/// <summary>The names of the rules: a contract that scripts filter by.</summary>
public static class Rules
{
    public const string SplitRecord = "split-record";
    public const string WrongColumnCount = "wrong-column-count";
    public const string InvalidId = "invalid-id";
    public const string InvalidJson = "invalid-json";
    public const string DeletedRecord = "deleted-record";
    public const string DuplicateRecord = "duplicate-record";
    public const string ConflictingDuplicate = "conflicting-duplicate";
    public const string InvalidNumber = "invalid-number";
    public const string InvalidDate = "invalid-date";
    public const string InvalidBoolean = "invalid-boolean";
    public const string InvalidList = "invalid-list";
    public const string NegativeAmount = "negative-amount";
    public const string SuspiciousAmount = "suspicious-amount";
    public const string SpreadsheetValue = "spreadsheet-value";
    public const string RoundedNumber = "rounded-number";
    public const string UnknownColumn = "unknown-column";
    public const string UnknownMovie = "unknown-movie";
    public const string UnlinkedRating = "unlinked-rating";
    public const string SharedLink = "shared-link";

    /// <summary>All of them, in the order of docs/cleaning.md.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        SplitRecord, WrongColumnCount, InvalidId, InvalidJson, DeletedRecord, DuplicateRecord, ConflictingDuplicate, InvalidNumber, InvalidDate, InvalidBoolean,
        InvalidList, NegativeAmount, SuspiciousAmount, SpreadsheetValue, RoundedNumber, UnknownColumn, UnknownMovie, UnlinkedRating, SharedLink,
    ];
}
