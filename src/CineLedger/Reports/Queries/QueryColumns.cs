namespace CineLedger.Reports.Queries;

/// <summary>The columns of a query without pivot: its dimensions, then its measures. Those of a pivoted result depend on the data.</summary>
public static class QueryColumns
{
    public static IReadOnlyList<Column> Get(QueryRequest query) =>
    [
        .. query.By.Select(dimension => new Column(dimension.Name, dimension.Kind)),
        .. query.Measures.SelectMany(use => GetCompared(query, new Column(use.Column, use.GetColumnKind(query)))),
    ];

    /// <summary>Returns the measures that have a column for each value of the pivoted dimension: all except those that are a row.</summary>
    public static IReadOnlyList<SelectedMeasure> GetPivoted(QueryRequest query) => [.. query.Measures.Where(use => FindPart(query, use) is null)];

    /// <summary>
    /// Returns the measure whose value over all movies is the given measure, such as <c>revenue</c> for <c>revenue_all</c>, if a pivoted query shows this as a row. It does
    /// when the value is the same in all rows of a column: when the query is by the pivoted dimension and one of names.
    /// </summary>
    internal static SelectedMeasure? FindPart(QueryRequest query, SelectedMeasure whole) =>
        query.By is [var first, { IsTime: false, Kind: ColumnKind.Text }] && first == query.Pivot && whole.Applied is { } applied && applied.Function == GroupFunctions.Whole
            ? query.Measures.FirstOrDefault(use => use.Column == applied.Of.Column)
            : null;

    private static IEnumerable<Column> GetCompared(QueryRequest query, Column column) => query.IsCompared
        ? [column, column with { Name = $"{column.Name}_before" }, column with { Name = $"{column.Name}_change" }, new($"{column.Name}_percent", ColumnKind.Number)]
        : [column];
}
