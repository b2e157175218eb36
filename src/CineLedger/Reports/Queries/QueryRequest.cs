using CineLedger.Model;

namespace CineLedger.Reports.Queries;

/// <summary>A query of any measures by any dimensions. <see cref="QueryChecks"/> validates it before use.</summary>
public sealed record QueryRequest
{
    /// <summary>The dimensions that movies are grouped by, in column order; empty for a single row of all movies.</summary>
    public IReadOnlyList<Dimension> By { get; init; } = [];

    public required IReadOnlyList<SelectedMeasure> Measures { get; init; }

    /// <summary>The dimension of <see cref="By"/> whose values become columns; null for a row per group. See <see cref="PivotQuery"/>.</summary>
    public Dimension? Pivot { get; init; }

    /// <summary>
    /// The conditions, which must all match; several = on one field match any of the values. Conditions on a multi-valued dimension of
    /// <see cref="By"/> select rows; all others select movies.
    /// </summary>
    public IReadOnlyList<QueryFilter> Where { get; init; } = [];

    /// <summary>Selects the rows whose name in the first dimension contains this text, regardless of letter case and accents; null for all rows.</summary>
    public string? SearchText { get; init; }

    /// <summary>The aggregate of amounts and profit for measures that do not specify one.</summary>
    public Aggregate Aggregate { get; init; } = Aggregate.Sum;

    public Share Share { get; init; } = Share.Full;

    /// <summary>The columns to order by; the dimensions follow in their order.</summary>
    public IReadOnlyList<QueryOrder> Order { get; init; } = [];

    /// <summary>Whether the rows have no order, as in a view.</summary>
    internal bool IsUnordered { get; init; }

    /// <summary>The maximum number of rows; null for all.</summary>
    public int? Limit { get; init; }

    /// <summary>The number of rows to skip; ignored with <see cref="Totals"/>.</summary>
    public int Offset { get; init; }

    /// <summary>The maximum number of rows with equal values in all dimensions but the last: those with the largest first measure. Null for all.</summary>
    public int? Top { get; init; }

    /// <summary>Whether to add a last row, without names, that counts each movie of the query once.</summary>
    public bool Totals { get; init; }

    /// <summary>Whether to add to every measure the value of the same names a year before, the change and the change in percent.</summary>
    public bool ComparePreviousYear { get; init; }

    /// <summary>An older snapshot whose value of the same names is added to every measure, with the change and the change in percent; null for none.</summary>
    public int? CompareSnapshot { get; init; }

    /// <summary>Whether every measure has its value before, the change and the change in percent.</summary>
    public bool IsCompared => ComparePreviousYear || CompareSnapshot is not null;

    /// <summary>The year whose dollars amounts are converted to; null for dollars of the release year.</summary>
    public int? Dollars { get; init; }

    /// <summary>
    /// The minimum number of movies behind each figure that growth is computed from. Growth of fewer movies is unknown, and changes in percent of fewer movies are sorted last.
    /// </summary>
    public int MinMovies { get; init; } = DefaultMinMovies;

    /// <summary>Whether means of fewer than <see cref="MinMovies"/> movies are sorted last, as returns on investment are.</summary>
    public bool MeansNeedMovies { get; init; }

    /// <summary>The default of <see cref="MinMovies"/>.</summary>
    public const int DefaultMinMovies = 10;

    /// <summary>The m of <see cref="WeightedRating"/>.</summary>
    public int WeightedVotes { get; init; } = WeightedRating.DefaultVotes;

    /// <summary>The C of <see cref="WeightedRating"/>, 0 to 10; null for the mean of all movies.</summary>
    public decimal? WeightedMean { get; init; }

    /// <summary>
    /// Dimensions that movies are not grouped by but need a value of, as they do of those in <see cref="By"/>. Conditions on them select values, so that the
    /// movies are those of the same query grouped by these dimensions too.
    /// </summary>
    internal IReadOnlyList<Dimension> RequiredDimensions { get; init; } = [];

    /// <summary>The dimensions that each movie has a value of.</summary>
    internal IEnumerable<Dimension> AllDimensions => By.Concat(RequiredDimensions);

    /// <summary>Returns whether rows can be ordered by a measure. Those of a pivoted query need its value over all columns.</summary>
    public bool CanOrderBy(SelectedMeasure use) => Pivot is null || use.Measure.Sql is not null;

    /// <summary>Whether undated movies are excluded.</summary>
    public bool IsTimeBased => AllDimensions.Any(dimension => dimension.IsTime)
        || Where.Any(filter => filter.Field is { Dimension.IsTime: true } or { Form: ValueForm.Date } && filter.Operator != FilterOperator.Unknown);

    /// <summary>Whether movies with a known year but no date count as undated.</summary>
    internal bool NeedsMonth => AllDimensions.Any(dimension => dimension.NeedsMonth)
        || Where.Any(filter => filter.Field is { Dimension.NeedsMonth: true } or { Form: ValueForm.Date } && filter.Operator != FilterOperator.Unknown);

    /// <summary>Whether planned and rumored movies are excluded: in queries about years that do not mention the status.</summary>
    internal bool ExcludesUnreleased =>
        !IncludesUnreleased && IsTimeBased && !AllDimensions.Concat(Where.Select(filter => filter.Field.Dimension)).Any(dimension => dimension is { Name: "status" });

    /// <summary>Whether planned and rumored movies are included even if the query does not mention the status.</summary>
    internal bool IncludesUnreleased { get; init; }

    /// <summary>
    /// Returns the query of all movies that a share refers to: those of the rows that differ only in the last dimension, including movies without a value in it. A filter on
    /// the last dimension selects rows unless it is a part of the date.
    /// </summary>
    public QueryRequest ToWhole() => By[^1].IsTime ? this : this with
    {
        By = [.. By.SkipLast(1)],
        Where = [.. Where.Where(filter => filter.Field.Dimension != By[^1])],
        IncludesUnreleased = !ExcludesUnreleased,
    };

    /// <summary>Whether the query has a share, or the total that shares refer to.</summary>
    public bool HasShare => Measures.Any(use => use.Applied is { Function.Scope: GroupScope.Whole });

    /// <summary>Returns the same query with every company as a studio of its own.</summary>
    public QueryRequest WithCompaniesAsStudios() => this with
    {
        By = [.. By.Select(Dimensions.CountCompanies)],
        Pivot = Pivot is null ? null : Dimensions.CountCompanies(Pivot),
        Measures = [.. Measures.Select(use => use.Measure.Dimension is null ? use : use with
        {
            Measure = use.Measure with { Dimension = Dimensions.CountCompanies(use.Measure.Dimension) },
        })],
        Where = [.. Where.Select(filter => filter.Field.Dimension is null ? filter : filter with
        {
            Field = filter.Field with { Dimension = Dimensions.CountCompanies(filter.Field.Dimension) },
        })],
    };

    /// <summary>Whether the query reads studios, which old ledgers lack.</summary>
    internal bool NeedsStudios => AllDimensions.Concat(Where.Select(filter => filter.Field.Dimension)).Any(dimension => dimension is { Links.Query: not null });

    /// <summary>Whether the query reads ratings, people or keywords, which old ledgers lack.</summary>
    internal bool NeedsRelatedTables =>
        AllDimensions.Concat(Where.Select(filter => filter.Field.Dimension)).Any(dimension => dimension is { Links.IsVersioned: true })
        || Measures.SelectMany(MeasureSql.GetRequiredValues).Concat(Where.Select(filter => filter.Field.Movie)).Any(value => value is { NeedsRatings: true });
}

/// <summary>A column to order by; unknown values come last.</summary>
public sealed record QueryOrder(string Column, bool IsDescending)
{
    /// <summary>Parses <c>COLUMN</c>, <c>COLUMN:asc</c> or <c>COLUMN:desc</c>. Throws <see cref="UsageException"/> for any other text.</summary>
    public static QueryOrder Parse(string text) => text.ToLowerInvariant().Split(':') switch
    {
        [var column] => new(column, IsDescending: false),
        [var column, "asc"] => new(column, IsDescending: false),
        [var column, "desc"] => new(column, IsDescending: true),
        _ => throw new UsageException($"--order: '{text}' is not a valid order; use COLUMN or COLUMN:desc."),
    };
}
