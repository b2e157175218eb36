namespace CineLedger.Model;

/// <summary>The number of findings of a cleaning rule, and the first of them.</summary>
/// <param name="Kind">Repair, reject, drop or flag.</param>
/// <param name="Rule">The rule's name, as in docs/cleaning.md.</param>
/// <param name="Count">The sum of occurrences.</param>
/// <param name="Examples">The first three findings by file and line.</param>
public sealed record RuleProfile(string Kind, string Rule, long Count, IReadOnlyList<FindingExample> Examples);

/// <summary>A finding; movie, field and value are null when it has none. Values are truncated to 200 characters.</summary>
public sealed record FindingExample(string File, long Line, long? MovieId, string? Field, string? Value)
{
    private const int MaxValueLength = 200;

    /// <summary>Creates an example of a value of any length.</summary>
    internal static FindingExample Create(string file, long line, long? movieId, string? field, string? value) => new(
        file, line, movieId, field,
        value is null || value.Length <= MaxValueLength
            ? value
            : string.Concat(value.AsSpan(0, char.IsHighSurrogate(value[MaxValueLength - 1]) ? MaxValueLength - 1 : MaxValueLength), "…"));
}
