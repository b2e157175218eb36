using CineLedger.Reports.Queries;

namespace CineLedger.Web.Dashboard.Explore;

/// <summary>The answer as a table.</summary>
internal static class ExploreTable
{
    /// <summary>Rows that a page shows; files have them all.</summary>
    public const int MostRows = 200;

    public static TableView Of(PageRequest request, ExploreAddress address, QueryRequest query, ResultTable result)
    {
        DataColumn[] columns = [.. query.By.Select((dimension, place) => Named(request, address, dimension, place)), .. query.Measures.SelectMany(use => Measured(use, query))];
        var table = TableView.Of("The answer", result, columns);
        var rows = table.Rows.Take(MostRows).ToList();
        if (query.Totals && query.By.Count > 0)
        {
            // The last row is all films, each once: it has no names.
            var total = table.Rows[^1];
            var cells = total.Cells.Select((cell, place) => place < query.By.Count ? new Cell(place == 0 ? "All, each once" : " ") : cell);
            rows = [.. table.Rows.Take(Math.Min(MostRows, table.Rows.Count - 1)), new TableRow([.. cells], IsTotal: true)];
        }

        return table with
        {
            Rows = rows,
            Columns = query.Totals ? [table.Columns[0] with { Unit = query.By.Count > 0 ? Unit.Text : table.Columns[0].Unit }, .. table.Columns.Skip(1)] : table.Columns,
            Order = address.Get("order"),
            OrderLink = query.By.Count > 0 ? order => request.Here(("order", order), ("lines", null)) : null,
        };
    }

    /// <summary>A name leads to its page, or, where it has none, narrows the question down to it.</summary>
    private static DataColumn Named(PageRequest request, ExploreAddress address, Dimension dimension, int place)
    {
        var section = dimension.Name switch { "company" => "companies", "genre" => "genres", _ => null };
        var isFixed = address.Filters.Any(filter => FilterLine.Read(filter) is { Is: "=" } line && line.Field == dimension.Name);

        // In the first column a total has words.
        var unit = dimension.Form is ValueForm.Year or ValueForm.Decade or ValueForm.MonthOfYear && place > 0 ? Unit.Year : Unit.Text;
        return new DataColumn(dimension.Name, dimension.Heading(), unit)
        {
            Explanation = dimension.Meaning,
            Link = row => row[dimension.Name] is not { } value ? null
                : section is not null && DashboardPages.Has(section) ? request.State.Link(PageState.Named(section, (string)value))
                : isFixed || value is string { Length: > 400 } ? null
                : (address with { Filters = [.. address.Filters, new FilterLine(dimension.Name, "=", Figures.Plain(value)!).ToWhere()!] }).Link(),
        };
    }

    private static IEnumerable<DataColumn> Measured(MeasureUse use, QueryRequest query)
    {
        var (unit, title) = (use.Measure.DisplayUnit(), use.Heading());
        yield return new DataColumn(use.Column, title, unit) { Explanation = use.Measure.Meaning };
        if (query.ComparePreviousYear)
        {
            yield return new DataColumn($"{use.Column}_before", "A year before", unit);
            yield return new DataColumn($"{use.Column}_change", "Change", unit);
            yield return new DataColumn($"{use.Column}_percent", "in percent", Unit.Measure);
        }
    }
}
