namespace CineLedger.Reports.Queries;

/// <summary>
/// Decides what a query is sorted and ranked by. A mean of decimals has a key of its own, because equal means may differ in the last digit of their values. So does a
/// change in percent, whose key is unknown if few movies are behind it, so that tiny bases come last. Ratios of few movies come after all others, too. Every other
/// column is its own key.
/// </summary>
internal static class SortKeys
{
    private const string Before = "_before";
    private const string Percent = "_percent";

    /// <summary>Returns the measures of a query that have a key and are sorted or ranked by, without duplicates.</summary>
    public static IReadOnlyList<SelectedMeasure> Get(QueryRequest query) =>
        [.. query.Measures.Where(use => query.Top is not null || query.Order.Any(order => order.Column == use.Column || order.Column == use.Column + Before))
            .Concat(query.Measures.Where(use => use.Applied?.Function == GroupFunctions.Rank).Select(use => use.Applied!.Of))
            .Where(use => use.Measure is { Kind: MeasureKind.Value, IsDecimal: true, Sql: not null } && use.GetAggregate(query) == Aggregate.Avg)
            .DistinctBy(use => use.Column)];

    /// <summary>Returns the changes in percent that rows are sorted by: the column, and the measure that changes.</summary>
    public static IReadOnlyList<PercentColumn> GetPercents(QueryRequest query) =>
    [
        .. query.Measures.Select(use => query.IsCompared ? new PercentColumn(use.Column + Percent, use)
                : use.Applied?.Function == GroupFunctions.ChangePercent ? new PercentColumn(use.Column, use.Applied.Of) : null)
            .OfType<PercentColumn>().Where(percent => query.Top is not null || query.Order.Any(order => order.Column == percent.Column)),
    ];

    /// <summary>Returns the ratios, and if requested the means, that rows are sorted by: those of few movies come last.</summary>
    public static IReadOnlyList<SelectedMeasure> GetRatios(QueryRequest query) => query.MinMovies <= 1 ? [] :
    [
        .. query.Measures.Where(use => use.Applied is null
            && (use.Measure.Kind == MeasureKind.Ratio || (query.MeansNeedMovies && use.Measure.Kind == MeasureKind.Value))
            && (query.Top is not null || query.Order.Any(order => order.Column == use.Column))),
    ];

    /// <summary>Builds the column that tells ratios of few movies, 1, from others, 0.</summary>
    /// <param name="query">The query.</param>
    /// <param name="ratio">The ratio.</param>
    /// <param name="movies">The number of movies behind it.</param>
    public static string BuildIsSmall(QueryRequest query, SelectedMeasure ratio, string movies) =>
        FormattableString.Invariant($"CASE WHEN {movies} >= {query.MinMovies} THEN 0 ELSE 1 END AS {GetIsSmall(ratio.Column)}");

    /// <summary>Returns the name of the column that tells ratios of few movies from others.</summary>
    public static string GetIsSmall(string column) => $"{column}_few";

    /// <summary>Returns the measures that count the movies behind <see cref="GetPercents"/>.</summary>
    public static IEnumerable<SelectedMeasure> GetPercentCounts(QueryRequest query) => GetPercents(query).Select(percent => percent.Of.GetKnown());

    /// <summary>Builds the key of a change in percent from the numbers of movies behind both values.</summary>
    public static string BuildPercent(QueryRequest query, PercentColumn percent, string movies, string moviesBefore, string value) => FormattableString.Invariant(
        $"CASE WHEN {movies} >= {query.MinMovies} AND {moviesBefore} >= {query.MinMovies} THEN {value} END AS {GetName(percent.Column)}");

    /// <summary>Returns the column to sort by in place of <paramref name="column"/>.</summary>
    public static string GetColumn(QueryRequest query, string column) =>
        Get(query).Any(use => column == use.Column || column == use.Column + Before) || GetPercents(query).Any(percent => percent.Column == column) ? GetName(column) : column;

    /// <summary>Returns the name of a key.</summary>
    public static string GetName(string column) => $"{column}_key";

    /// <summary>Returns the columns of a comparison's keys.</summary>
    public static IEnumerable<string> BuildCompared(QueryRequest query, string current, string before) => Get(query).SelectMany(use => (string[])
    [
        $"{current}.{GetName(use.Column)} AS {GetName(use.Column)}",
        $"{before}.{GetName(use.Column)} AS {GetName(use.Column + Before)}",
    ]).Concat(GetRatios(query).Select(ratio => $"COALESCE({current}.{GetIsSmall(ratio.Column)}, 1) AS {GetIsSmall(ratio.Column)}"));
}

/// <summary>A column of changes in percent.</summary>
/// <param name="Column">The column.</param>
/// <param name="Of">The measure that changes.</param>
internal sealed record PercentColumn(string Column, SelectedMeasure Of);
