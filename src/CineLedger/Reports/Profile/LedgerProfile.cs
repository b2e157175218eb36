using CineLedger.Model;

namespace CineLedger.Reports.Profile;

/// <summary>What the data of a snapshot is like. Equal data makes an equal profile on every engine.</summary>
/// <param name="Snapshot">Whose movies these are.</param>
/// <param name="Columns">What movies have one of, in the order of the ledger's columns.</param>
/// <param name="Links">What movies have several of.</param>
/// <param name="Findings">What the cleaner did and refused in the load that made the snapshot, in the order of kind and rule.</param>
/// <param name="Years">How far amounts are known, year by year; years without a movie are left out, undated movies come last.</param>
/// <param name="Amounts">The largest amounts and those to look at again.</param>
public sealed record LedgerProfile(
    Snapshot Snapshot,
    IReadOnlyList<ColumnProfile> Columns,
    IReadOnlyList<LinkProfile> Links,
    IReadOnlyList<RuleProfile> Findings,
    IReadOnlyList<YearCoverage> Years,
    AmountProfile Amounts)
{
    /// <summary>True where a source was read for the profile alone, and no ledger holds it.</summary>
    public bool IsOfSource { get; init; }

    /// <summary>All years together, undated movies included.</summary>
    public YearCoverage Total => YearCoverage.Sum(null, Years);

    /// <summary>Movies without a release date.</summary>
    public long Undated => Years.Where(year => year.Year is null).Sum(year => year.Movies);

    /// <summary>The dated years alone.</summary>
    public IEnumerable<YearCoverage> Dated => Years.Where(year => year.Year is not null);
}

/// <summary>One column of movies. Values are texts that all engines write alike: plain digits, ISO days, <c>true</c> and <c>false</c>.</summary>
/// <param name="Name">As the ledger has it.</param>
/// <param name="Kind">What its values are.</param>
/// <param name="Known">Movies of which it is known.</param>
/// <param name="Unknown">Movies of which it is not: the dataset gives nothing, nothing that belongs there, or a 0 that stands for nothing.</param>
/// <param name="Distinct">Different values.</param>
/// <param name="Min">The least value, texts by code point; null where nothing is known.</param>
/// <param name="Max">The largest.</param>
/// <param name="Quantiles">How numbers and days are spread; null for texts.</param>
/// <param name="Lengths">How many characters texts have; null for all else.</param>
/// <param name="MostFrequent">The values that most movies have, at most five; of equal ones the lesser value comes first.</param>
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
    /// How many of the unknown ones have a 0 in the source; null where the column's zeros are real, or the source is not at hand: the
    /// ledger does not tell a 0 from nothing.
    /// </summary>
    public long? Zeros { get; init; }
}

/// <summary>
/// Values below which so many per cent lie: each the least value of which that share, or more, is not above it (SQL's PERCENTILE_DISC),
/// so always one that is there.
/// </summary>
public sealed record Quantiles(string Min, string P5, string P25, string Median, string P75, string P95, string Max);

/// <summary>A value and how many movies have it.</summary>
public sealed record ValueFrequency(string Value, long Movies);

/// <summary>Something that a movie has several of, or none.</summary>
/// <param name="Name">companies, genres …</param>
/// <param name="Known">Movies that have any.</param>
/// <param name="Unknown">Movies that have none.</param>
/// <param name="Entries">How many all movies have together.</param>
/// <param name="Distinct">Different names.</param>
/// <param name="PerMovie">How many a movie has that has any; null where none has.</param>
/// <param name="MostFrequent">The most frequent names with the movies that have them (of years of rating: with their ratings).</param>
public sealed record LinkProfile(
    string Name, long Known, long Unknown, long Entries, long Distinct, Quantiles? PerMovie, IReadOnlyList<ValueFrequency> MostFrequent);

/// <summary>How often a cleaning rule spoke, and the first times.</summary>
/// <param name="Kind">repair, reject, drop or flag.</param>
/// <param name="Rule">As docs/cleaning.md names it.</param>
/// <param name="Count">How often, occurrences added up.</param>
/// <param name="Examples">The first three in the order of files and lines.</param>
public sealed record RuleProfile(string Kind, string Rule, long Count, IReadOnlyList<FindingExample> Examples);

/// <summary>One finding; field, value and movie are null where it has none. A value is cut after 200 characters.</summary>
public sealed record FindingExample(string File, long Line, long? MovieId, string? Field, string? Value);

/// <summary>How many movies of a year have amounts.</summary>
/// <param name="Year">Of the release; null for movies without a date.</param>
/// <param name="Movies">All of them.</param>
/// <param name="BudgetKnown">With a known budget.</param>
/// <param name="RevenueKnown">With a known revenue.</param>
/// <param name="BothKnown">With both.</param>
public sealed record YearCoverage(int? Year, long Movies, long BudgetKnown, long RevenueKnown, long BothKnown)
{
    /// <summary>Several years as one.</summary>
    internal static YearCoverage Sum(int? year, IEnumerable<YearCoverage> years) => years.Aggregate(
        new YearCoverage(year, 0, 0, 0, 0),
        (sum, one) => new(year, sum.Movies + one.Movies, sum.BudgetKnown + one.BudgetKnown, sum.RevenueKnown + one.RevenueKnown, sum.BothKnown + one.BothKnown));
}
