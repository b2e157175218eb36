using CineLedger.Reports;
using CineLedger.Reports.Queries;

namespace CineLedger.Web.Dashboard.Explore;

/// <summary>The table of a query result.</summary>
internal static class ExploreTable
{
    /// <summary>The maximum number of rows on the page. Downloads contain all rows.</summary>
    public const int MaxRows = 200;

    /// <summary>The maximum number of values on the page.</summary>
    private const int MaxCells = 10_000;

    public static TableView Create(PageRequest request, ExploreAddress address, QueryRequest query, ResultTable result)
    {
        Dimension[] names = [.. query.By.Where(dimension => dimension != query.Pivot)];
        ResultColumn[] columns =
        [
            .. names.Select((dimension, place) => CreateNameColumn(request, address, dimension, place)),
            .. query.Pivot is null ? query.Measures.SelectMany(use => CreateMeasureColumns(use, query)) : CreatePivotedColumns(query, result),
        ];
        var table = TableView.Create("Result", result, columns);
        var maxRows = Math.Clamp(MaxCells / columns.Length, 1, MaxRows);

        // The total of the rows has no names.
        var totals = table.Rows.TakeLast(result.TotalRows).Select(total => new TableViewRow(
            [.. total.Cells.Select((cell, place) => place < names.Length ? new TableViewCell(cell.Value ?? (place == 0 ? "Total" : " ")) : cell)], IsTotal: true));

        // Newest first, as on other pages, unless the query has its own order.
        var isNewestFirst = query.Order.Count == 0 && query.Top is null && query.Limit is null
            && query.By is [{ IsTime: true, Form: not (ValueForm.MonthOfYear or ValueForm.Weekday) }, ..];
        var ordered = table.Rows.SkipLast(result.TotalRows);
        List<TableViewRow> rows = [.. (isNewestFirst ? ordered.Reverse() : ordered).Take(maxRows), .. totals];

        // Values of a pivoted dimension are no columns of the query, so rows cannot be ordered by them.
        var orderable = table.Columns.Select((column, place) => query.Pivot is null || place < names.Length ? column : column with { Name = null });
        return table with
        {
            Rows = rows,
            Columns = [.. orderable.Select((column, place) => result.TotalRows > 0 && place == 0 ? column with { Unit = Unit.Text } : column)],
            Order = address.Get("order"),
            OrderLink = query.By.Count > 0 ? order => request.GetAddress(("order", order), ("lines", null)) : null,
        };
    }

    /// <summary>Creates the column of a dimension. A name links to its page or, if it has none, to the query filtered by the name.</summary>
    private static ResultColumn CreateNameColumn(PageRequest request, ExploreAddress address, Dimension dimension, int place)
    {
        var section = dimension.Name switch { "company" => "companies", "studio" => "studios", "genre" => "genres", _ => null };
        var isFixed = address.Filters.Any(filter => FilterCondition.Parse(filter) is { Operator: "=" } line && line.Field == dimension.Name);

        // In the first column, the total row contains text.
        var unit = dimension.Form is ValueForm.Year or ValueForm.Decade && place > 0 ? Unit.Year : Unit.Text;
        return new ResultColumn(dimension.Name, dimension.GetHeading(), unit)
        {
            Explanation = dimension.Meaning,
            Format = dimension.Form == ValueForm.MonthOfYear ? month => ExploreAxis.GetMonthName(NumberFormat.FormatPlain(month)!) : null,
            Link = row => row[dimension.Name] is not { } value ? null
                : section is not null && DashboardPages.HasPage(section) ? request.State.GetLink(PageState.GetPath(section, (string)value))
                : isFixed || value is string { Length: > 400 } ? null
                : (address with { Filters = [.. address.Filters, FilterCondition.Create(dimension.Name, NumberFormat.FormatPlain(value)!)] }).GetLink(),
        };
    }

    /// <summary>Creates the columns of each value of the pivoted dimension, one per measure.</summary>
    private static IEnumerable<ResultColumn> CreatePivotedColumns(QueryRequest query, ResultTable result)
    {
        var measures = QueryColumns.GetPivoted(query);
        return result.Columns.Skip(query.By.Count - 1).Select((column, place) => CreatePivotedColumn(column, measures[place % measures.Count], isOnly: measures.Count == 1));
    }

    private static ResultColumn CreatePivotedColumn(Column column, SelectedMeasure use, bool isOnly) =>
        new(column.Name, isOnly ? column.Value : $"{column.Value} {use.Title}", use.Measure.GetDisplayUnit()) { Explanation = $"{column.Value}: {use.Measure.Meaning}" };

    private static IEnumerable<ResultColumn> CreateMeasureColumns(SelectedMeasure use, QueryRequest query)
    {
        var (unit, title) = (use.Measure.GetDisplayUnit(), use.GetHeading());
        yield return new ResultColumn(use.Column, title, unit) { Explanation = use.Measure.Meaning };
        if (query.ComparePreviousYear)
        {
            yield return new ResultColumn($"{use.Column}_before", "Previous year", unit);
            yield return new ResultColumn($"{use.Column}_change", "Change", unit);
            yield return new ResultColumn($"{use.Column}_percent", "Change in %", Unit.Measure);
        }
    }
}
