using CineLedger.Model;

namespace CineLedger.Reports.Queries;

/// <summary>Any dimensions × any measures. Check it by <see cref="QueryChecks"/> before it is used.</summary>
public sealed record QueryRequest
{
    /// <summary>What movies are grouped by, in the order of the columns; none for one row of them all.</summary>
    public IReadOnlyList<Dimension> By { get; init; } = [];

    public required IReadOnlyList<SelectedMeasure> Measures { get; init; }

    /// <summary>
    /// Conditions that all hold; several = on one field are any of their values. On a dimension of <see cref="By"/> whose names a movie has
    /// several of they choose rows, else movies.
    /// </summary>
    public IReadOnlyList<QueryFilter> Where { get; init; } = [];

    /// <summary>What is made of amounts and of profit where a measure does not say.</summary>
    public Aggregate Aggregate { get; init; } = Aggregate.Sum;

    public Share Share { get; init; } = Share.Full;

    /// <summary>Columns to order by; the dimensions follow, in their order.</summary>
    public IReadOnlyList<QueryOrder> Order { get; init; } = [];

    /// <summary>How many rows at the most; null for all.</summary>
    public int? Limit { get; init; }

    /// <summary>How many rows are passed over first; not together with <see cref="Totals"/>.</summary>
    public int Offset { get; init; }

    /// <summary>How many rows at the most that agree in all dimensions but the last: those with the largest first measure. Null for all.</summary>
    public int? Top { get; init; }

    /// <summary>Adds a last row, without names, of all movies of the query, each once.</summary>
    public bool Totals { get; init; }

    /// <summary>Puts the same movies' names a year before beside each row: before, change and percent of every measure.</summary>
    public bool ComparePreviousYear { get; init; }

    /// <summary>The year in whose dollars amounts are; null for those of the release.</summary>
    public int? Dollars { get; init; }

    /// <summary>m of <see cref="WeightedRating"/>.</summary>
    public int WeightedVotes { get; init; } = WeightedRating.DefaultVotes;

    /// <summary>C of <see cref="WeightedRating"/>, 0 to 10; null for the mean of all movies.</summary>
    public decimal? WeightedMean { get; init; }

    /// <summary>Whether undated movies are left out.</summary>
    public bool IsOfTime => By.Any(dimension => dimension.IsTime)
        || Where.Any(filter => filter.Field is { Dimension.IsTime: true } or { Form: ValueForm.Date } && filter.Operator != FilterOperator.Unknown);

    /// <summary>Whether ratings, people or keywords are asked for, which ledgers once lacked.</summary>
    internal bool NeedsRelatedTables =>
        By.Concat(Where.Select(filter => filter.Field.Dimension)).Any(dimension => dimension is { Links.IsVersioned: true })
        || Measures.SelectMany(MeasureSql.GetRequiredValues).Concat(Where.Select(filter => filter.Field.Movie)).Any(value => value is { NeedsRatings: true });
}

/// <summary>A column to order by; unknown values come last.</summary>
public sealed record QueryOrder(string Column, bool IsDescending)
{
    /// <summary>Reads <c>COLUMN</c>, <c>COLUMN:asc</c> or <c>COLUMN:desc</c>. Throws <see cref="UsageException"/> where the text is none of them.</summary>
    public static QueryOrder Parse(string text) => text.Split(':') switch
    {
        [var column] => new(column, IsDescending: false),
        [var column, "asc"] => new(column, IsDescending: false),
        [var column, "desc"] => new(column, IsDescending: true),
        _ => throw new UsageException($"--order: '{text}' is no order; write COLUMN, or COLUMN:desc."),
    };
}
