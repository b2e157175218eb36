using System.Globalization;
using CineLedger.Charts;
using CineLedger.Export;
using CineLedger.Reports;
using CineLedger.Reports.Queries;
using CineLedger.Web.Errors;

namespace CineLedger.Web.Dashboard.Charts;

/// <summary>Draws a figure of a page as the command line draws charts, with its title, the coverage, the source and the snapshot.</summary>
internal static class FigureImage
{
    /// <summary>Returns the image. Throws <see cref="ProblemException"/> when there is nothing to draw.</summary>
    public static byte[] Draw(PageFigure figure, PageView view, ImageFormat format)
    {
        var (state, request) = (view.State, view.Request!);
        if (figure.Chart?.OmitUnknown() is not { } chart)
        {
            throw Problems.NotFound($"the figure '{figure.Id}' has no chart with known values.");
        }

        var data = CreateData(chart.MarkIncomplete(request.Years), state);
        var spec = new ChartSpec { Title = GetTitle(figure, view), Notes = [.. GetNotes(state)] };
        using var image = new MemoryStream();
        ChartImage.Write(data, spec, new ResultInfo(request.Snapshot, view.Coverage), format, image);
        return image.ToArray();
    }

    /// <summary>Returns the title of a figure without its page: <c>Pixar Animation Studios: revenue and budget</c>.</summary>
    internal static string GetTitle(PageFigure figure, PageView view) =>
        view.Request!.Path == "/" || figure.Title.Contains(view.Title, StringComparison.OrdinalIgnoreCase) ? figure.Title : $"{view.Title}: {figure.Title}";

    private static IEnumerable<string> GetNotes(PageState state)
    {
        if (YearSpan.FormatFilters(state.From, state.To) is { Count: > 0 } years)
        {
            yield return string.Join(", ", years);
        }

        if (state.Aggregate != default)
        {
            yield return ReportOptionNames.GetTitle(state.Aggregate);
        }

        if (state.Share != default)
        {
            yield return "a movie's amounts are split equally";
        }
    }

    internal static ChartData CreateData(ChartView view, PageState state)
    {
        var isRanking = view.Kind == ChartViewKind.Ranking;
        var series = isRanking
            ? [.. view.Labels.Select((label, i) => new ChartSeries(label, [.. view.Series.Select(part => part.Data[i])])).Where(bar => bar.Values.Any(value => value is not null))]
            : view.Series.Where(line => line.Data.Any(value => value is not null)).Select(line => new ChartSeries(line.Name, line.Data)).ToList();
        if (view.Kind is ChartViewKind.Lines or ChartViewKind.Bump or ChartViewKind.Stacked or ChartViewKind.Bars)
        {
            series = [.. series.Take(ChartPalette.MaxSeries)];
        }

        var (time, periods) = isRanking ? (null, []) : ReadPeriods(view.Labels);
        return new ChartData(CreateMeasure(view, state), GetKind(view), time, periods, series, null, series.Count, series.Count, [], [])
        {
            Parts = isRanking && view.Series.Count > 1 ? [.. view.Series.Select(part => part.Name)] : [],
            Incomplete = view.Incomplete is { } incomplete ? new IncompletePeriods(view.Labels.ToList().IndexOf(incomplete.First), incomplete.Label) : null,
            IsGrouped = view.Kind == ChartViewKind.Bars && series.Count > 1,
        };
    }

    private static ChartKind GetKind(ChartView view) => view.Kind switch
    {
        ChartViewKind.Lines or ChartViewKind.Bump => ChartKind.Line,
        ChartViewKind.Stacked => ChartKind.Stacked,
        ChartViewKind.Heat or ChartViewKind.Marks => ChartKind.Heatmap,
        ChartViewKind.Bars or ChartViewKind.Ranking => ChartKind.Bar,
        _ => throw new InvalidOperationException($"charts of kind {view.Kind} cannot be drawn as images"),
    };

    private static ChartMeasure CreateMeasure(ChartView view, PageState state) => new("", "", GetUnitText(view, state), IsAdditive: view.Kind == ChartViewKind.Stacked)
    {
        NeedsAmounts = view.Unit == Unit.Money || (view.Unit == Unit.Percent && !view.IsShareOfMovies),
        Number = view.Kind == ChartViewKind.Bump ? ChartNumber.Rank : view.Unit switch
        {
            Unit.Money => ChartNumber.Money,
            Unit.Percent => ChartNumber.Percent,
            Unit.Count => ChartNumber.Count,
            _ => ChartNumber.Plain,
        },
    };

    private static string GetUnitText(ChartView view, PageState state) => (view.Kind, view.Unit) switch
    {
        (ChartViewKind.Bump, _) => "rank (1 = highest)",
        (_, Unit.Money) => state.Dollars is { } year ? string.Create(CultureInfo.InvariantCulture, $"US dollars of {year}") : "US dollars",
        (_, Unit.Percent) => "percent",
        (_, Unit.Count) => "number of movies",
        _ => "average",
    };

    /// <summary>Returns the periods of labels such as 1995 or 2015-07; other labels are numbered.</summary>
    private static (TimeAxis Time, IReadOnlyList<int> Periods) ReadPeriods(IReadOnlyList<string> labels)
    {
        if (labels.All(label => label.Length == 4 && int.TryParse(label, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
        {
            return (new TimeAxis("year", 1, 1), [.. labels.Select(label => int.Parse(label, CultureInfo.InvariantCulture))]);
        }

        return (new TimeAxis("period", 1, 1) { Labels = labels }, [.. Enumerable.Range(0, labels.Count)]);
    }
}
