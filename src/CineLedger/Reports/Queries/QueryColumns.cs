namespace CineLedger.Reports.Queries;

/// <summary>The columns of a query without pivot: its dimensions, then its measures. Those of a pivoted result depend on the data.</summary>
public static class QueryColumns
{
    public static IReadOnlyList<Column> Get(QueryRequest query) =>
    [
        .. query.By.Select(dimension => new Column(dimension.Name, dimension.Kind)),
        .. query.Measures.SelectMany(use => GetCompared(query, new Column(use.Column, use.GetColumnKind(query)))),
    ];

    private static IEnumerable<Column> GetCompared(QueryRequest query, Column column) => query.ComparePreviousYear
        ? [column, column with { Name = $"{column.Name}_before" }, column with { Name = $"{column.Name}_change" }, new($"{column.Name}_percent", ColumnKind.Number)]
        : [column];
}
