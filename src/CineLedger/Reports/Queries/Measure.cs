namespace CineLedger.Reports.Queries;

/// <summary>
/// A number that describes a group of movies, with everything that consumers need: the command line, HTTP, pages, charts and assistant
/// tools read it from here, so adding a measure means adding an entry to <see cref="Measures"/>.
/// </summary>
/// <param name="Name">The name that users write, and the default name of the column.</param>
/// <param name="Meaning">A description for users.</param>
/// <param name="Title">The label, as it stands within a sentence: <c>mean vote</c>.</param>
/// <param name="Unit">What a chart's axis counts: <c>US dollars</c>, <c>minutes</c>.</param>
/// <param name="Kind">The kind of number, which decides how it is written, grouped and aggregated.</param>
public sealed record Measure(string Name, string Meaning, string Title, string Unit, MeasureKind Kind)
{
    /// <summary>The subject of a chart's title, <c>movies with known budget</c>; null where <see cref="Title"/> and the aggregate give it.</summary>
    public string? ChartTitle { get; init; }

    /// <summary>The measure that counts the movies behind a value; null for counts and ranks.</summary>
    public string? Known { get; init; }

    /// <summary>Whether an axis starts at zero. Votes and ranks differ by little and have no meaningful zero: their lines would be flat.</summary>
    public bool StartsAtZero { get; init; } = true;

    /// <summary>Whether a value may be a loss.</summary>
    public bool CanBeNegative { get; init; }

    /// <summary>Whether sum, avg, median, min and max can be made of it.</summary>
    public bool CanAggregate => Kind is MeasureKind.Amount or MeasureKind.Ratio or MeasureKind.Value;

    /// <summary>Returns the SQL of the measure over a group of movies; null where it is made of rows, not of movies.</summary>
    internal Func<MeasureSql, Aggregate, string>? Sql { get; init; }

    /// <summary>The movies' values that <see cref="Sql"/> reads.</summary>
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

    /// <summary>Dollars; a sum by default.</summary>
    Amount,

    /// <summary>A quotient of amounts: 1.5 is 150 %.</summary>
    Ratio,

    /// <summary>Any other value of a movie; a mean by default.</summary>
    Value,

    /// <summary>The number of movies of which a value is known.</summary>
    Known,

    /// <summary>The row's place by another measure, the largest first, among the rows that agree in all dimensions but the last.</summary>
    Rank,

    /// <summary>The movies of one dimension's name, each counted once, whatever the other names of the row.</summary>
    NameReleases,
}

/// <summary>A measure as it is asked for.</summary>
/// <param name="Measure">Which.</param>
/// <param name="Aggregate">What is made of its values; null for its default.</param>
/// <param name="Column">The name of its column.</param>
public sealed record SelectedMeasure(Measure Measure, Aggregate? Aggregate, string Column)
{
    /// <summary>For a rank: the measure that it is by.</summary>
    public SelectedMeasure? RankedBy { get; init; }

    /// <summary>The label, as it stands within a sentence: <c>revenue, average</c>.</summary>
    public string Title =>
        RankedBy is { } by && Column != "rank" ? $"{Measure.Title} by {by.Title}"
        : Aggregate is { } aggregate ? $"{Measure.Title}, {ReportOptionNames.Title(aggregate)}"
        : Measure.Title;

    /// <summary>The aggregate that a query makes of the values: the one asked for, or the default.</summary>
    public Aggregate AggregateIn(QueryRequest query) => Aggregate ?? (Measure.Kind == MeasureKind.Value ? Reports.Aggregate.Avg : query.Aggregate);

    /// <summary>Whether the values of several rows may be added up: counts and sums may, means and ranks may not.</summary>
    public bool IsAdditive(QueryRequest query) =>
        Measure.Kind is MeasureKind.Count or MeasureKind.Known
        || (Measure.Kind is MeasureKind.Amount or MeasureKind.Value && AggregateIn(query) == Reports.Aggregate.Sum);

    /// <summary>The kind of the column that holds the values.</summary>
    internal ColumnKind KindIn(QueryRequest query) =>
        Measure.IsDecimal || (Measure.CanAggregate && AggregateIn(query) is Reports.Aggregate.Avg or Reports.Aggregate.Median) ? ColumnKind.Number : ColumnKind.Integer;
}
