namespace CineLedger.Reports.Queries;

/// <summary>The columns of a query: its dimensions, then its measures.</summary>
public static class QueryColumns
{
    public static IReadOnlyList<Column> Of(QueryRequest query) =>
    [
        .. query.By.Select(dimension => new Column(dimension.Name, dimension.Kind)),
        .. query.Measures.SelectMany(use => Compared(query, new Column(use.Column, KindOf(use, query)))),
    ];

    /// <summary>What is made of a measure's values: what it asks for, or what is usual for it.</summary>
    internal static Aggregate AggregateOf(MeasureUse use, QueryRequest query) =>
        use.Aggregate ?? (use.Measure.Shape == MeasureShape.Value ? Aggregate.Avg : query.Aggregate);

    private static IEnumerable<Column> Compared(QueryRequest query, Column column) => query.ComparePreviousYear
        ? [column, column with { Name = $"{column.Name}_before" }, column with { Name = $"{column.Name}_change" }, new($"{column.Name}_percent", ColumnKind.Number)]
        : [column];

    private static ColumnKind KindOf(MeasureUse use, QueryRequest query) => use.Measure.Shape switch
    {
        MeasureShape.Roi => ColumnKind.Number,
        MeasureShape.Amount or MeasureShape.Value or MeasureShape.Profit or MeasureShape.MatchedProfit =>
            AggregateOf(use, query) is Aggregate.Avg or Aggregate.Median || use.Measure.Film is { Form: ValueForm.Decimal } ? ColumnKind.Number : ColumnKind.Whole,
        _ => ColumnKind.Whole,
    };
}
