using System.Data.Common;
using System.Globalization;
using CineLedger.Model;

namespace CineLedger.Reports.Queries;

/// <summary>
/// A pivoted query as three queries without pivot: its columns, its rows and its cells. Columns and rows are queries by fewer dimensions over the same movies, so
/// the order, the largest rows and the totals count each movie once.
/// </summary>
/// <param name="Query">The pivoted query.</param>
/// <param name="Columns">The values of the pivoted dimension in order, with their totals if the query has totals.</param>
/// <param name="Rows">The names of the rows in order.</param>
/// <param name="Cells">The groups by all dimensions.</param>
internal sealed record PivotQuery(QueryRequest Query, QueryRequest Columns, QueryRequest Rows, QueryRequest Cells)
{
    /// <summary>The maximum number of columns, besides those of the names.</summary>
    public const int MaxColumns = 1_000;

    /// <summary>The maximum number of known values in memory: with their names, about 100 MB.</summary>
    public const int MaxValues = 1_000_000;

    /// <summary>Gets the queries with a title.</summary>
    public IEnumerable<(string Title, QueryRequest Query)> Parts => [("Columns", Columns), ("Rows", Rows), ("Cells", Cells)];

    public static PivotQuery Create(QueryRequest query)
    {
        var pivot = query.Pivot ?? throw new ArgumentException("The query has no pivot.", nameof(query));
        Dimension[] names = [.. query.By.Where(dimension => dimension != pivot)];
        var cells = query with { Pivot = null, Order = [], Limit = null, Offset = 0, Top = null, Totals = false };

        // Ranks and the releases of a name have no value over all rows or columns.
        SelectedMeasure[] computed = [.. query.Measures.Where(query.CanOrderBy)];
        QueryOrder[] rowOrder = [.. query.Order.Where(order => order.Column != pivot.Name)];
        SelectedMeasure[] ordered = [.. computed.Where(use => rowOrder.Any(order => order.Column == use.Column))];
        return new(
            query,
            cells with
            {
                By = [pivot],
                RequiredDimensions = names,
                Measures = query.Totals ? AtLeastOne(computed) : AtLeastOne([]),
                Order = [.. query.Order.Where(order => order.Column == pivot.Name)],
                Limit = (MaxColumns / QueryColumns.GetPivoted(query).Count) + 1,
            },
            cells with
            {
                By = names,
                RequiredDimensions = [pivot],
                Measures = ordered.Length > 0 || query.Top is null ? AtLeastOne(ordered) : [computed[0]],
                Order = rowOrder,
                Limit = query.Limit,
                Offset = query.Totals ? 0 : query.Offset,
                Top = query.Top,
            },
            cells);
    }

    /// <summary>Reads the queries and returns the pivoted rows. Throws <see cref="UsageException"/> when the result is too large.</summary>
    public async Task<DbResult> OpenAsync(DbConnection connection, int snapshotId, CancellationToken cancellationToken)
    {
        var columns = new List<object?[]>();
        await ReadAsync(Columns, columns.Add).ConfigureAwait(false);
        if (columns.Count >= Columns.Limit)
        {
            throw new UsageException(string.Create(
                CultureInfo.InvariantCulture,
                $"--pivot: {Query.Pivot!.Name} has too many values: the result would have more than {MaxColumns:N0} columns; add a filter with --where."));
        }

        var table = new PivotTable(Query, [.. columns.Select(column => column[0]!)], MaxValues);
        await ReadAsync(Rows, row => table.AddRow([.. row.Take(Rows.By.Count)])).ConfigureAwait(false);
        await ReadAsync(Cells, table.AddGroup).ConfigureAwait(false);
        if (Query.Totals)
        {
            var places = Query.Measures.Select(use => Columns.Measures.ToList().FindIndex(total => total.Column == use.Column)).ToList();
            table.AddTotals(columns.Select(column => places.ConvertAll(place => place < 0 ? null : column[place + 1])));
        }

        return table.Open();

        async Task ReadAsync(QueryRequest query, Action<object?[]> add)
        {
            var result = await DbResult.OpenAsync(connection, QuerySql.Build(query, snapshotId), QueryColumns.Get(query), cancellationToken).ConfigureAwait(false);
            await using (result.ConfigureAwait(false))
            {
                while (await result.Rows.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    add([.. result.Columns.Select((column, i) => ReadValue(result.Rows, i, column.Kind))]);
                }
            }
        }
    }

    private static object? ReadValue(DbDataReader row, int column, ColumnKind kind) =>
        row.IsDBNull(column) ? null
        : kind switch
        {
            ColumnKind.Text => row.GetString(column),
            ColumnKind.Number => row.GetDouble(column),
            ColumnKind.Integer or ColumnKind.Identifier => row.GetInt64(column),
            _ => throw new InvalidOperationException($"a query has no columns of kind {kind}"),
        };

    private static SelectedMeasure[] AtLeastOne(SelectedMeasure[] measures) => measures.Length > 0 ? measures : [Queries.Measures.Create("releases")];
}
