namespace CineLedger.Model;

/// <summary>
/// Something the cleaner did or refused.
/// </summary>
/// <param name="Kind">What became of the data.</param>
/// <param name="Rule">The rule's name, as docs/cleaning.md lists it.</param>
/// <param name="File">Name of the file inside the dataset.</param>
/// <param name="Line">Physical line, from 1, on which the record starts.</param>
/// <param name="MovieId">The movie concerned; null where the record shows none.</param>
/// <param name="Field">The column; null where the finding is about the whole record or file.</param>
/// <param name="Value">The text as it was read: of the field, or of the record where it was rejected.</param>
/// <param name="Occurrences">1, but where one finding stands for many records: what a spreadsheet did to a whole column, the ratings of a
/// movie that cannot be used, what is beyond the examples kept of one rule. The first of them is the one named.</param>
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
