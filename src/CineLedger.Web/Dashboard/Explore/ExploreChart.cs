using CineLedger.Reports;
using CineLedger.Reports.Queries;
using CineLedger.Web.Dashboard.Charts;

namespace CineLedger.Web.Dashboard.Explore;

/// <summary>The chart of a query result: the requested type if it fits, otherwise the best one.</summary>
/// <param name="View">The chart; null when there is nothing to draw or no chart is requested.</param>
/// <param name="Kinds">The types that fit, the best first.</param>
/// <param name="Kind">The type of the chart.</param>
/// <param name="Notes">Notes about what the chart leaves out.</param>
internal sealed record ExploreChart(ChartView? View, IReadOnlyList<string> Kinds, string Kind, IReadOnlyList<string> Notes)
{
    private const string None = "none";
    private const int MaxBars = 25;
    private const int MaxLines = 8;
    private const int MaxCells = 30;

    /// <summary>The values of the parameter <c>chart</c>.</summary>
    public static IReadOnlyList<string> KindNames { get; } = ["lines", "bars", "stacked", "ranking", "heat", None];

    public static string GetTitle(string kind) => kind switch { "heat" => "heat map", "stacked" => "stacked bars", None => "table only", _ => kind };

    public static ExploreChart Create(QueryRequest query, ResultTable result, string? requestedKind, string title)
    {
        IReadOnlyList<ResultRow> rows = [.. result.Rows.SkipLast(result.TotalRows)];
        if (query.By.Count == 0 || rows.Count == 0)
        {
            return new(null, [], None, []);
        }

        string[] kinds = [.. GetKinds(query, rows.Count).Where(kind => query.Pivot is null || kind != "ranking"), None];
        var kind = requestedKind is not null && kinds.Contains(requestedKind) ? requestedKind : kinds[0];
        List<string> notes = requestedKind is null || requestedKind == kind ? [] : [$"chart={requestedKind} does not fit this query; shown as {GetTitle(kind)}."];
        if (kind == None)
        {
            return new(null, kinds, kind, notes);
        }

        var view = query.By.Count > 1 && kind != "ranking" ? CreateGrid(query, rows, result.Columns, kind, title, notes) : CreateSingle(query, rows, kind, title, notes);
        return new(view, kinds, kind, notes);
    }

    private static IEnumerable<string> GetKinds(QueryRequest query, int rows)
    {
        var time = query.By.FirstOrDefault(dimension => dimension.IsTime);
        if (query.By.Count == 1)
        {
            return time is null ? ["ranking"]
                : rows == 1 ? ["bars"]
                : time.Form is ValueForm.Decade or ValueForm.MonthOfYear or ValueForm.Weekday ? ["bars", "lines"] : ["lines", "bars"];
        }

        var addsUp = AddsUp(query.Measures[0], query);
        return (time, addsUp) switch
        {
            (null, _) => ["heat", "ranking"],

            // A stack of only the largest names of each period would look like a total.
            (_, true) when query.Top is not null => ["heat", "lines", "ranking"],
            (_, true) => ["stacked", "heat", "lines", "ranking"],
            _ => ["heat", "lines", "ranking"],
        };
    }

    /// <summary>Returns the value of the first measure in each row or, with pivot, in each row and column, with the values of all dimensions.</summary>
    private static IEnumerable<(Func<Dimension, object?> Get, double? Number)> GetGroups(QueryRequest query, ResultRow row, IReadOnlyList<Column> columns)
    {
        var use = query.Measures[0];
        return query.Pivot is not { } pivot
            ? [(dimension => row[dimension.Name], row.GetNumber(use.Column))]
            : columns.Skip(query.By.Count - 1).Where((_, place) => place % QueryColumns.GetPivoted(query).Count == 0).Select(column =>
                ((Func<Dimension, object?>)(dimension => dimension == pivot ? column.Value : row[dimension.Name]), row.GetNumber(column.Name)));
    }

    /// <summary>Creates a chart over names or periods, with all measures of the same unit as the first.</summary>
    private static ChartView CreateSingle(QueryRequest query, IReadOnlyList<ResultRow> rows, string kind, string title, List<string> notes)
    {
        var unit = query.Measures[0].Measure.GetDisplayUnit();
        var uses = query.Measures.Where(use => use.Measure.GetDisplayUnit() == unit && use.Measure.Unit == query.Measures[0].Measure.Unit).Take(kind == "ranking" ? 2 : 5).ToList();
        if (uses.Count < query.Measures.Count && !query.ComparePreviousYear)
        {
            notes.Add($"The chart shows {string.Join(" and ", uses.Select(use => use.GetTitleInList()))}; the other measures have another unit.");
        }

        if (kind == "ranking" && rows.Count > MaxBars)
        {
            notes.Add(FormattableString.Invariant($"The chart shows the first {MaxBars} rows."));
        }

        var labels = rows.Select(row => GetLabel(query.By, dimension => row[dimension.Name])).ToList();
        var x = kind == "ranking" ? [.. labels.Take(MaxBars)] : ExploreAxis.Create(query.By[0], labels);
        var byLabel = labels.Zip(rows).DistinctBy(at => at.First).ToDictionary(at => at.First, at => at.Second, StringComparer.Ordinal);
        List<ChartViewSeries> series = [.. uses.Select(use => CreateSeries(use.GetHeading(), use.Column, GetColor(use, kind)))];
        if (query.ComparePreviousYear)
        {
            series = [series[0], CreateSeries("Previous year", $"{uses[0].Column}_before", ChartColor.Palette)];
        }

        return new ChartView(ParseKind(kind), unit, query.By.Count > 1 ? x : [.. x.Select(label => ExploreAxis.GetText(query.By[0], label))], series)
        {
            Name = "explore",
            Description = $"{title}.",
            Height = kind == "ranking" && x.Count > 8 ? ChartHeight.Tall : ChartHeight.Default,
            YearsPerLabel = GetYearsPerLabel(query.By[0]),
            IsShareOfMovies = uses[0].IsShareOfMovies(),
        };

        ChartViewSeries CreateSeries(string name, string column, ChartColor color) =>
            new(name, [.. x.Select(label => byLabel.TryGetValue(label, out var row) ? row.GetNumber(column) : null)]) { Color = color };
    }

    /// <summary>Creates a chart of the first measure over one dimension, with a series for each value of the others.</summary>
    private static ChartView CreateGrid(QueryRequest query, IReadOnlyList<ResultRow> rows, IReadOnlyList<Column> columns, string kind, string title, List<string> notes)
    {
        var use = query.Measures[0];
        var across = query.By.FirstOrDefault(dimension => dimension.IsTime) ?? query.By[^1];
        Dimension[] others = [.. query.By.Where(dimension => dimension != across)];
        var cells = rows.SelectMany(row => GetGroups(query, row, columns))
            .Select(group => (X: GetLabel([across], group.Get), Name: GetLabel(others, group.Get), Value: group.Number)).ToList();
        var x = ExploreAxis.Create(across, [.. FindLargest(cells, cell => cell.X, use, query).Take(across.IsTime ? int.MaxValue : MaxCells)]);
        var names = FindLargest(cells, cell => cell.Name, use, query);
        var max = kind == "heat" ? MaxCells : MaxLines;
        var hasRest = names.Count > max && kind == "stacked" && query.Top is null;
        var shown = names.Take(hasRest ? max - 1 : max).ToList();
        var values = cells.DistinctBy(cell => (cell.X, cell.Name)).ToDictionary(cell => (cell.X, cell.Name), cell => cell.Value);
        List<ChartViewSeries> series = [.. shown.Select(name => new ChartViewSeries(name, [.. x.Select(at => values.GetValueOrDefault((at, name)))]))];
        if (hasRest)
        {
            var rest = cells.Where(cell => !shown.Contains(cell.Name)).GroupBy(cell => cell.X).ToDictionary(group => group.Key, group => group.Sum(cell => cell.Value));
            var restName = NumberFormat.FormatCount(names.Count - shown.Count, "other", "others");
            series.Add(new ChartViewSeries(restName, [.. x.Select(at => rest.GetValueOrDefault(at))]) { Color = ChartColor.Unknown });
        }
        else if (names.Count > shown.Count)
        {
            notes.Add(FormattableString.Invariant($"The chart shows the {shown.Count} largest of {names.Count}."));
        }

        if (query.Measures.Count > 1)
        {
            notes.Add($"The chart shows {use.GetTitleInList()}, the first measure.");
        }

        return new ChartView(ParseKind(kind), use.Measure.GetDisplayUnit(), [.. x.Select(label => ExploreAxis.GetText(across, label))], series)
        {
            Name = "explore",
            Description = $"{title}.",
            Height = ChartHeight.Tall,
            YearsPerLabel = GetYearsPerLabel(across),
            IsShareOfMovies = use.IsShareOfMovies(),
        };
    }

    private static int GetYearsPerLabel(Dimension dimension) => dimension.Form == ValueForm.Decade ? 10 : 1;

    /// <summary>Returns the names by their total of the measure, largest first; in the order of the result when the measure cannot be added up.</summary>
    private static List<string> FindLargest(
        IReadOnlyList<(string X, string Name, double? Value)> cells, Func<(string X, string Name, double? Value), string> name, SelectedMeasure use, QueryRequest query)
    {
        var groups = cells.GroupBy(name).Select(group => (group.Key, Sum: group.Sum(cell => cell.Value ?? 0)));
        return AddsUp(use, query)
            ? [.. groups.OrderByDescending(group => group.Sum).ThenBy(group => group.Key, StringComparer.Ordinal).Select(group => group.Key)]
            : [.. groups.Select(group => group.Key)];
    }

    private static string GetLabel(IReadOnlyList<Dimension> by, Func<Dimension, object?> get) =>
        string.Join(" · ", by.Select(dimension => get(dimension) is { } value ? NumberFormat.FormatPlain(value) : NumberFormat.Unknown));

    /// <summary>
    /// Returns whether values of the measure add up to a total and can be stacked. Losses cannot, nor can movies that count in full for each of several names.
    /// </summary>
    private static bool AddsUp(SelectedMeasure use, QueryRequest query) => use.IsAdditive(query) && !use.Measure.CanBeNegative
        && (!query.By.Any(dimension => dimension.IsMultiValued) || (query.Share == Share.Equal && use.Measure.Kind == MeasureKind.Amount));

    private static ChartColor GetColor(SelectedMeasure use, string kind) => use.Aggregate is not null ? ChartColor.Palette
        : use.Measure.CanBeNegative && kind == "bars" ? ChartColor.GainOrLoss
        : use.Measure.GetColorOr(ChartColor.Palette);

    /// <summary>Returns the value of the parameter <c>chart</c> for a type; null for a type that the page does not have.</summary>
    public static string? GetName(ChartViewKind? kind) => kind switch
    {
        ChartViewKind.Bars => "bars",
        ChartViewKind.Stacked => "stacked",
        ChartViewKind.Ranking => "ranking",
        ChartViewKind.Heat => "heat",
        ChartViewKind.Lines => "lines",
        _ => null,
    };

    private static ChartViewKind ParseKind(string kind) => kind switch
    {
        "bars" => ChartViewKind.Bars,
        "stacked" => ChartViewKind.Stacked,
        "ranking" => ChartViewKind.Ranking,
        "heat" => ChartViewKind.Heat,
        "lines" => ChartViewKind.Lines,
        _ => throw new InvalidOperationException($"unknown chart type {kind}"),
    };
}
