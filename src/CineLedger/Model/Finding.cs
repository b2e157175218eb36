namespace CineLedger.Model;

/// <summary>
/// Something the cleaner repaired, rejected, dropped or flagged.
/// </summary>
/// <param name="Kind">What happened to the data.</param>
/// <param name="Rule">The rule's name, as listed in docs/cleaning.md.</param>
/// <param name="File">Name of the file inside the dataset.</param>
/// <param name="Line">Physical line, from 1, on which the record starts.</param>
/// <param name="MovieId">The movie's TMDB ID; null if the record has no usable one.</param>
/// <param name="Field">The column; null if the finding is about the whole record or file.</param>
/// <param name="Value">The original text of the field, or of the whole record if that was rejected.</param>
/// <param name="Occurrences">1, or the number of records that the finding covers: a column rewritten by a spreadsheet, the unusable ratings of one
/// movie, or all findings beyond the examples kept of one rule. The other values are those of the first record.</param>
public sealed record Finding(
    FindingKind Kind,
    string Rule,
    string File,
    int Line,
    long? MovieId,
    string? Field,
    string? Value,
    long Occurrences = 1);

/// <summary>The effect on the data: repaired, rejected, dropped as redundant, or kept and flagged.</summary>
public enum FindingKind
{
    Repair,
    Reject,
    Drop,
    Flag,
}
