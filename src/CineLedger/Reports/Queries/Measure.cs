namespace CineLedger.Reports.Queries;

/// <summary>
/// A number that describes a group of movies, with everything that consumers need: the command line, HTTP, pages, charts and assistant
/// tools read it from here, so adding a measure means adding an entry to <see cref="Measures"/>.
/// </summary>
/// <param name="Name">The name that users enter, and the default name of the column.</param>
/// <param name="Meaning">A description for users.</param>
/// <param name="Title">The label within a sentence, such as <c>average vote</c>.</param>
/// <param name="Unit">The unit on a chart's axis, such as <c>US dollars</c> or <c>minutes</c>.</param>
/// <param name="Kind">The kind of number, which decides how it is written, grouped and aggregated.</param>
public sealed record Measure(string Name, string Meaning, string Title, string Unit, MeasureKind Kind)
{
    /// <summary>The subject of a chart's title, such as <c>movies with known budget</c>; null to derive it from <see cref="Title"/> and the aggregate.</summary>
    public string? ChartTitle { get; init; }

    /// <summary>The measure that counts the movies behind a value; null for counts and ranks.</summary>
    public string? Known { get; init; }

    /// <summary>Whether an axis starts at zero. Votes and ranks vary too little: starting at zero would flatten their lines.</summary>
    public bool StartsAtZero { get; init; } = true;

    /// <summary>Whether a value may be negative.</summary>
    public bool CanBeNegative { get; init; }

    /// <summary>Whether it supports sum, avg, median, min and max.</summary>
    public bool CanAggregate => Sql is not null && Kind is MeasureKind.Amount or MeasureKind.Ratio or MeasureKind.Value;

    /// <summary>Returns the SQL of the measure over a group of movies; null when it is computed from groups.</summary>
    internal Func<MeasureSql, Aggregate, string>? Sql { get; init; }

    /// <summary>The movie values that <see cref="Sql"/> reads.</summary>
    internal IReadOnlyList<MovieValue> Needs { get; init; } = [];

    /// <summary>Whether even a single movie's value has decimals.</summary>
    internal bool IsDecimal { get; init; }

    /// <summary>For <see cref="MeasureKind.NameReleases"/>: the dimension whose movies are counted.</summary>
    internal Dimension? Dimension { get; init; }
}

/// <summary>The kind of number that a measure is.</summary>
public enum MeasureKind
{
    /// <summary>A number of movies.</summary>
    Count,

    /// <summary>An amount in dollars; summed by default.</summary>
    Amount,

    /// <summary>A quotient of amounts: 1.5 is 150 %.</summary>
    Ratio,

    /// <summary>Any other value of a movie; averaged by default.</summary>
    Value,

    /// <summary>The number of movies with a known value.</summary>
    Known,

    /// <summary>The row's rank by another measure, the largest first, among the rows with equal values in all dimensions but the last.</summary>
    Rank,

    /// <summary>A part of a total, from 0 to 1.</summary>
    Share,

    /// <summary>The number of movies with the row's name in one dimension, such as the company, regardless of its names in the others.</summary>
    NameReleases,
}

/// <summary>A measure selected by a query.</summary>
/// <param name="Measure">The measure.</param>
/// <param name="Aggregate">The aggregate of its values; null for the default.</param>
/// <param name="Column">The name of its column.</param>
public sealed record SelectedMeasure(Measure Measure, Aggregate? Aggregate, string Column)
{
    /// <summary>The function over groups that computes it from another measure; null for a measure of a group's movies.</summary>
    public AppliedFunction? Applied { get; init; }

    /// <summary>The label within a sentence, such as <c>revenue, average</c>.</summary>
    public string Title => Aggregate is { } aggregate ? $"{Measure.Title}, {ReportOptionNames.GetTitle(aggregate)}" : Measure.Title;

    /// <summary>Returns the aggregate that a query applies: the selected one or the default.</summary>
    public Aggregate GetAggregate(QueryRequest query) => Aggregate ?? (Measure.Kind == MeasureKind.Value ? Reports.Aggregate.Avg : query.Aggregate);

    /// <summary>Returns whether values of several rows may be added up: true for counts and sums, false for means and functions over groups.</summary>
    public bool IsAdditive(QueryRequest query) => Applied is null
        && (Measure.Kind is MeasureKind.Count or MeasureKind.Known
            || (Measure.Kind is MeasureKind.Amount or MeasureKind.Value && GetAggregate(query) == Reports.Aggregate.Sum));

    /// <summary>Returns the measure that counts the movies behind a value.</summary>
    internal SelectedMeasure GetKnown() => Measures.Create(Measure.Known ?? (Measure.Kind == MeasureKind.Known ? Measure.Name : "releases"));

    /// <summary>Returns the kind of the column that holds the values.</summary>
    internal ColumnKind GetColumnKind(QueryRequest query) =>
        Applied is { } applied ? applied.Function.ColumnKind ?? applied.Of.GetColumnKind(query)
        : Measure.IsDecimal || (Measure.CanAggregate && GetAggregate(query) is Reports.Aggregate.Avg or Reports.Aggregate.Median) ? ColumnKind.Number : ColumnKind.Integer;
}
