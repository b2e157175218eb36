using CineLedger.Model;

namespace CineLedger.Reports.Profile;

/// <summary>A profile of a snapshot's data. Equal data has an equal profile on every engine.</summary>
/// <param name="Snapshot">The profiled snapshot.</param>
/// <param name="Columns">The single-valued columns of movies, in the order of the ledger's columns.</param>
/// <param name="Links">The multi-valued data of movies, such as companies.</param>
/// <param name="Findings">The findings of the load that created the snapshot, ordered by kind and rule.</param>
/// <param name="Years">The coverage of amounts by year. Years without a movie are omitted; undated movies come last.</param>
/// <param name="Amounts">The largest and the suspicious amounts.</param>
public sealed record LedgerProfile(
    Snapshot Snapshot,
    IReadOnlyList<ColumnProfile> Columns,
    IReadOnlyList<LinkProfile> Links,
    IReadOnlyList<RuleProfile> Findings,
    IReadOnlyList<YearCoverage> Years,
    AmountProfile Amounts)
{
    /// <summary>Gets whether a source was read only for this profile, without a permanent ledger.</summary>
    public bool IsFromSource { get; init; }

    /// <summary>Gets how the files of a source were read; empty for a ledger.</summary>
    public IReadOnlyList<FileInterpretation> Files { get; init; } = [];

    /// <summary>Gets the coverage of all movies, including undated ones.</summary>
    public YearCoverage Total => YearCoverage.Sum(null, Years);

    /// <summary>Gets the number of movies without a release date.</summary>
    public long Undated => Years.Where(year => year.Year is null).Sum(year => year.Movies);

    /// <summary>Gets the years, without the undated movies.</summary>
    public IEnumerable<YearCoverage> Dated => Years.Where(year => year.Year is not null);
}

/// <summary>A profile of a movie column. Values are text that is the same on every engine: plain digits, ISO dates, <c>true</c> and <c>false</c>.</summary>
/// <param name="Name">The column's name in the ledger.</param>
/// <param name="Kind">The kind of its values.</param>
/// <param name="Known">Movies whose value is known.</param>
/// <param name="Unknown">Movies whose value is unknown: missing in the dataset, invalid, or a 0 that means unknown.</param>
/// <param name="Distinct">The number of distinct values.</param>
/// <param name="Min">The smallest value, comparing text by code point; null when no value is known.</param>
/// <param name="Max">The largest value.</param>
/// <param name="Quantiles">The distribution of numbers and dates; null for text.</param>
/// <param name="Lengths">The distribution of text lengths in characters; null for other kinds.</param>
/// <param name="MostFrequent">Up to five of the most frequent values; ties are ordered by value.</param>
public sealed record ColumnProfile(
    string Name,
    ColumnKind Kind,
    long Known,
    long Unknown,
    long Distinct,
    string? Min,
    string? Max,
    Quantiles? Quantiles,
    Quantiles? Lengths,
    IReadOnlyList<ValueFrequency> MostFrequent)
{
    /// <summary>
    /// Gets how many of the unknown values are a 0 in the source. Null when the column's zeros are real values or the source was not read:
    /// the ledger does not distinguish a 0 from a missing value.
    /// </summary>
    public long? Zeros { get; init; }
}
