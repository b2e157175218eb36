using System.Globalization;

namespace CineLedger.Charts.Profile;

/// <summary>Renders a profile's charts as SVG in the colors of the page, light or dark.</summary>
internal static class ProfileSvg
{
    private const int WideWidth = 900;
    private const int HalfWidth = 480;
    private const int RowHeight = 28;

    /// <summary>Variables of the page's style sheet.</summary>
    private static readonly ChartPalette Palette = new(
        "var(--paper)", "var(--text)", "var(--text-muted)", "var(--rule)", "var(--rule)", ["var(--c1)", "var(--c2)"], [], []);

    /// <summary>
    /// Renders values over years as lines; null when there are none. The page shows the legend above the chart, where it stays visible on narrow screens.
    /// </summary>
    public static string? RenderLines(string id, string title, ChartData? data) =>
        data is null ? null : Render(id, title, data with { AllSeries = 1 }, WideWidth, 300, LineChart.Draw);

    /// <summary>Renders values over years as bars.</summary>
    public static string? RenderBars(string id, string title, ChartData? data) => data is null ? null : Render(id, title, data, WideWidth, 240, YearBarChart.Draw);

    /// <summary>Renders a bar per name.</summary>
    public static string? RenderRanking(string id, string title, ChartData? data, bool wide = false) =>
        data is null ? null : Render(id, title, data, wide ? WideWidth : HalfWidth, (data.Series.Count * RowHeight) + 8, RankingChart.Draw);

    private static string Render(string id, string title, ChartData data, int width, int height, Action<ChartFrame, Box> draw)
    {
        using var font = new ChartFont();
        using var canvas = new SvgCanvas(font, width, height);
        draw(new ChartFrame(canvas, Palette, data), new Box(0, 4, width - 4, height - 8));
        return canvas.ToInlineSvg(id, title, Describe(data));
    }

    private static string Describe(ChartData data) => data.Years.Count > 0
        ? string.Join(" ", data.Series.Select(series => DescribeYears(data, series)))
        : string.Join("; ", data.Series.Select(series => $"{series.Name}: {ProfileText.FormatInteger((long?)series.Total)}")) + ".";

    /// <summary>Describes a line by its range and maximum; the numbers are in the table below the chart.</summary>
    private static string DescribeYears(ChartData data, ChartSeries series)
    {
        var largest = series.Values.Max();
        var year = data.Years[series.Values.ToList().IndexOf(largest)];
        var min = series.Values.Min();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{series.Name}, {data.Measure.Unit}, {data.Years[0]} to {data.Years[^1]}: from {min} to {largest}, highest in {year}.");
    }
}
