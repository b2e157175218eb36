namespace CineLedger.Reports.Queries;

/// <summary>
/// Decides what a query is sorted and ranked by. A mean of decimals has a key of its own, because equal means may differ in the last digit of their values; every
/// other column is its own key.
/// </summary>
internal static class SortKeys
{
    private const string Before = "_before";

    /// <summary>Returns the measures of a query that have a key and are sorted or ranked by, without duplicates.</summary>
    public static IReadOnlyList<SelectedMeasure> Get(QueryRequest query) =>
        [.. query.Measures.Where(use => query.Top is not null || query.Order.Any(order => order.Column == use.Column || order.Column == use.Column + Before))
            .Concat(query.Measures.Where(use => use.Applied?.Function == GroupFunctions.Rank).Select(use => use.Applied!.Of))
            .Where(use => use.Measure is { Kind: MeasureKind.Value, IsDecimal: true, Sql: not null } && use.GetAggregate(query) == Aggregate.Avg)
            .DistinctBy(use => use.Column)];

    /// <summary>Returns the column to sort by in place of <paramref name="column"/>.</summary>
    public static string GetColumn(QueryRequest query, string column) =>
        Get(query).Any(use => column == use.Column || column == use.Column + Before) ? GetName(column) : column;

    /// <summary>Returns the name of a key.</summary>
    public static string GetName(string column) => $"{column}_key";

    /// <summary>Returns the columns of a comparison's keys.</summary>
    public static IEnumerable<string> BuildCompared(QueryRequest query, string current, string before) => Get(query).SelectMany(use => (string[])
    [
        $"{current}.{GetName(use.Column)} AS {GetName(use.Column)}",
        $"{before}.{GetName(use.Column)} AS {GetName(use.Column + Before)}",
    ]);
}
