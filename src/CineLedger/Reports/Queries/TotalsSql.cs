using CineLedger.Storage.Snapshots;

namespace CineLedger.Reports.Queries;

/// <summary>
/// Builds the table of the totals that a snapshot stores (<see cref="TotalRows"/>) in place of the table of movies behind a query. Groups of totals equal groups of movies,
/// because counts, sums of whole dollars and sums of decimals are exact.
/// </summary>
internal static class TotalsSql
{
    /// <summary>The measures that follow from totals, with their default aggregates.</summary>
    private static readonly HashSet<string> Measured =
        ["releases", "budget", "revenue", "profit", "matched_profit", "roi", "popularity", "budget_known", "revenue_known", "profit_known", "popularity_known"];

    /// <summary>
    /// Returns whether a query can be answered by totals: by year and at most one kind of names, or of one name, of released and dated movies, without other conditions.
    /// </summary>
    public static bool Covers(QueryRequest query)
    {
        var functions = new GroupFunctionSql(query);
        return query is { Pivot: null, IsCompared: false, Totals: false, Dollars: null, Share: Share.Full, ExcludesUnreleased: true, NeedsMonth: false, RequiredDimensions: [] }
            && query.By.All(dimension => dimension.Name is "year" or "decade" || dimension.Links is { } links && TotalRows.HasNames(links.Names))
            && query.By.Count(dimension => dimension.Links is not null) + GetNameFilters(query).Count() <= 1
            && query.Where.All(filter => filter.Field.Dimension is { Name: "year" or "decade" } or { Links: not null })
            && GetNameFilters(query).All(filter => filter.Operator == FilterOperator.Equal && TotalRows.HasNames(filter.Field.Dimension!.Links!.Names))
            && functions.Growth is null && functions.ToEarlier() is null
            && query.Measures.Select(use => use.Applied?.Of ?? use).All(use => Measured.Contains(use.Measure.Name) && use.Applied is null && IsDefault(use, query));
    }

    /// <summary>
    /// Builds the common table of the totals of the query's names, or of all movies, each counted once: <c>name_id</c>, <c>release_year</c>, and the sums and counts.
    /// </summary>
    /// <param name="query">The query.</param>
    /// <param name="sql">The statement that receives the name.</param>
    /// <param name="snapshot">The placeholder of the snapshot ID.</param>
    /// <param name="years">The conditions on the year of totals <c>t</c>.</param>
    public static string BuildTable(QueryRequest query, SqlBuilder sql, string snapshot, IEnumerable<string> years)
    {
        var filter = GetNameFilters(query).SingleOrDefault();
        var names = filter?.Field.Dimension!.Links ?? query.By.Select(dimension => dimension.Links).OfType<LinkTable>().SingleOrDefault();
        return BuildTable("selected_movies", names, snapshot, filter is null ? years : [.. years, $"t.name_id IN ({names!.BuildIdQuery(sql.Add(filter.Value))})"]);
    }

    /// <summary>Builds the common table <c>all_movies</c> of the totals of all movies, each counted once.</summary>
    /// <param name="snapshot">The placeholder of the snapshot ID.</param>
    /// <param name="years">The conditions on the year of totals <c>t</c>.</param>
    public static string BuildAllTable(string snapshot, IEnumerable<string> years) => BuildTable("all_movies", null, snapshot, years);

    private static string BuildTable(string name, LinkTable? names, string snapshot, IEnumerable<string> conditions) =>
        $"""
        {name} AS NOT MATERIALIZED (
            SELECT t.*
            FROM {TotalRows.Table} t
            WHERE {string.Join(" AND ", [$"t.snapshot_id = {snapshot}", $"t.dimension = '{names?.Names ?? TotalRows.AllMovies}'", .. conditions])})
        """;

    /// <summary>Returns the conditions on names that the query is not grouped by, which select movies.</summary>
    private static IEnumerable<QueryFilter> GetNameFilters(QueryRequest query) =>
        query.Where.Where(filter => filter.Field.Dimension is { Links: not null } dimension && !query.By.Contains(dimension));

    private static bool IsDefault(SelectedMeasure use, QueryRequest query) =>
        use.Measure.Kind is MeasureKind.Count or MeasureKind.Known
        || use.GetAggregate(query) == (use.Measure.Kind is MeasureKind.Amount or MeasureKind.Ratio ? Aggregate.Sum : Aggregate.Avg);
}
