using CineLedger.Model;
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
        ["releases", "budget", "revenue", "profit", "matched_profit", "popularity", "budget_known", "revenue_known", "profit_known", "popularity_known"];

    /// <summary>Returns whether a query can be answered by totals: by year and at most one kind of names, of released and dated movies, without other conditions.</summary>
    public static bool Covers(QueryRequest query)
    {
        var functions = new GroupFunctionSql(query);
        return query is { Pivot: null, IsCompared: false, Totals: false, Dollars: null, Share: Share.Full, ExcludesUnreleased: true, NeedsMonth: false, RequiredDimensions: [] }
            && query.By.All(dimension => dimension.Name is "year" or "decade" || dimension.Links is { } links && TotalRows.HasNames(links.Names))
            && query.By.Count(dimension => dimension.Links is not null) <= 1
            && query.Where.All(filter => filter.Field.Dimension is { } dimension && (dimension.Name is "year" or "decade" || query.By.Contains(dimension)))
            && functions.Growth is null && functions.ToEarlier() is null
            && query.Measures.Select(use => use.Applied?.Of ?? use).All(use => Measured.Contains(use.Measure.Name) && use.Applied is null && IsDefault(use, query));
    }

    /// <summary>Builds the common table <paramref name="name"/> of totals <c>t</c>: <c>name_id</c>, <c>release_year</c> and the sums and counts.</summary>
    /// <param name="name">The table's name.</param>
    /// <param name="names">The names; null for all movies, each counted once.</param>
    /// <param name="snapshot">The placeholder of the snapshot ID.</param>
    /// <param name="conditions">The conditions on the year.</param>
    public static string BuildTable(string name, LinkTable? names, string snapshot, IEnumerable<string> conditions) =>
        $"""
        {name} AS NOT MATERIALIZED (
            SELECT t.*
            FROM {TotalRows.Table} t
            WHERE {string.Join(" AND ", [$"t.snapshot_id = {snapshot}", $"t.dimension = '{names?.Names ?? TotalRows.AllMovies}'", .. conditions])})
        """;

    private static bool IsDefault(SelectedMeasure use, QueryRequest query) =>
        use.Measure.Kind is MeasureKind.Count or MeasureKind.Known || use.GetAggregate(query) == (use.Measure.Kind == MeasureKind.Amount ? Aggregate.Sum : Aggregate.Avg);
}
