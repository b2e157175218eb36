using System.Globalization;
using System.Text;
using CineLedger.Export;
using CineLedger.Model;

namespace CineLedger.Charts;

/// <summary>A text chart: bars, or a sparkline per series. Unknown is a dash in bars and a dot in sparklines, never a zero.</summary>
public static class TerminalChart
{
    private const string Eighths = " ▏▎▍▌▋▊▉█";
    private const string Levels = "▁▂▃▄▅▆▇█";
    private const string AsciiLevels = "_.-=+*#@";
    private const int MinBarWidth = 8;

    /// <summary>Returns the default kind in a terminal: bars for one series or one year, otherwise sparklines.</summary>
    public static ChartKind GetDefaultKind(int series, int years) => series > 1 && years > 1 ? ChartKind.Sparkline : ChartKind.Bar;

    /// <summary>Returns the lines of the chart. Throws <see cref="UsageException"/> for a kind that only images support.</summary>
    public static IEnumerable<string> Render(ChartData data, ChartSpec spec, ResultInfo info, TerminalStyle style)
    {
        var body = data.Kind switch
        {
            ChartKind.Bar => RenderBars(data, style),
            ChartKind.Sparkline or ChartKind.Line => RenderSparklines(data, style),
            _ => throw new UsageException(
                $"--kind {data.Kind.ToString().ToLowerInvariant()}: a terminal shows only bars and sparklines; write an image with --output FILE.svg or FILE.png."),
        };
        string[] head = [ChartText.GetTitle(data, spec), ChartText.GetSubtitle(data, spec), ""];
        return
        [
            .. head.Concat(body).Append("").Append(string.Join(" · ", ChartText.GetFooter(data, info)))
                .Select(line => (style.IsAscii ? TerminalCells.ToAscii(line) : line).TrimEnd()),
        ];
    }

    private static IEnumerable<string> RenderBars(ChartData data, TerminalStyle style)
    {
        var rows = data.HasYearBars
            ? data.Years.Select((year, i) => (Name: data.GetLabel(year), Value: data.Series[0].Values[i])).ToList()
            : data.Series.Select(series => (series.Name, Value: series.Total)).ToList();
        var values = rows.Select(row => row.Value is { } value ? FormatFull(value, data.Measure) : DisplayFormatter.Unknown).ToList();
        var names = GetNameWidth(rows.Select(row => row.Name), style);
        var space = Math.Max(MinBarWidth, style.Width - names - values.Max(value => value.Length) - 4);
        var largest = Math.Max(rows.Max(row => Math.Abs(row.Value ?? 0)), double.Epsilon);
        for (var i = 0; i < rows.Count; i++)
        {
            var bar = rows[i].Value is { } value ? RenderBar(Math.Abs(value) / largest * space, style, value < 0) : "";
            yield return $"{FormatName(rows[i].Name, names, style)}  {bar}{(bar.Length > 0 ? " " : "")}{values[i]}";
        }
    }

    /// <summary>Renders a line per series, and the years below them.</summary>
    internal static IEnumerable<string> RenderSparklines(ChartData data, TerminalStyle style)
    {
        var labels = data.Series.Select(series => GetLabel(series, data.Measure)).ToList();
        var names = GetNameWidth(data.Series.Select(series => series.Name), style);
        var space = Math.Max(MinBarWidth, style.Width - names - labels.Max(label => label.Length) - 4);

        // If there are more years than cells, several years share a cell, which shows the largest value.
        var share = (data.Years.Count + space - 1) / space;
        var cells = (data.Years.Count + share - 1) / share;
        for (var i = 0; i < data.Series.Count; i++)
        {
            var line = string.Concat(data.Series[i].Values.Chunk(share).Select(years => GetLevel(years.Max(), data.Series[i], style)));
            yield return $"{FormatName(data.Series[i].Name, names, style)}  {Colorize(line, style, loss: false)}  {labels[i]}";
        }

        var (first, last) = (data.GetLabel(data.Years[0]), data.GetLabel(data.Years[^1]));
        yield return $"{new string(' ', names)}  {first}{(cells >= 10 ? last.PadLeft(cells - first.Length) : $"-{last}")}";
        if (share > 1)
        {
            yield return $"Each mark covers {share} {data.Time!.PeriodName}s and shows the largest value.";
        }
    }

    private static char GetLevel(double? value, ChartSeries series, TerminalStyle style)
    {
        if (value is not { } known)
        {
            return style.IsAscii ? ' ' : '·';
        }

        var levels = style.IsAscii ? AsciiLevels : Levels;
        var min = Math.Min(0, series.Values.Min() ?? 0);
        var largest = Math.Max(0, series.Values.Max() ?? 0);
        var share = largest > min ? (known - min) / (largest - min) : 0;
        return levels[Math.Min(levels.Length - 1, (int)(share * levels.Length))];
    }

    /// <summary>Renders a bar of this many cells, in steps of an eighth.</summary>
    internal static string RenderBar(double cells, TerminalStyle style, bool loss)
    {
        // Even the smallest known value must look different from an unknown one.
        var eighths = Math.Max(1, (int)Math.Round(cells * 8));
        var bar = new StringBuilder().Append(style.IsAscii ? '#' : '█', eighths / 8);
        if (style.IsAscii)
        {
            bar.Append(bar.Length == 0 ? "|" : "");
        }
        else if (eighths % 8 > 0)
        {
            bar.Append(Eighths[eighths % 8]);
        }

        return Colorize(bar.ToString(), style, loss);
    }

    /// <summary>Colors text blue, or orange for losses: two colors that are distinguishable with any color vision.</summary>
    private static string Colorize(string text, TerminalStyle style, bool loss) => style.HasColor ? $"\e[{(loss ? 33 : 34)}m{text}\e[0m" : text;

    private static int GetNameWidth(IEnumerable<string> names, TerminalStyle style) =>
        Math.Min(names.Max(name => TerminalCells.GetWidth(style.IsAscii ? TerminalCells.ToAscii(name) : name)), Math.Max(10, style.Width / 3));

    private static string FormatName(string name, int width, TerminalStyle style) =>
        TerminalCells.FitToWidth(style.IsAscii ? TerminalCells.ToAscii(name) : name, width, style.IsAscii);

    private static string FormatFull(double value, ChartMeasure measure)
    {
        var text = Math.Abs(value).ToString(value == Math.Floor(value) ? "N0" : "N3", CultureInfo.InvariantCulture);
        return $"{(value < 0 ? "−" : "")}{(measure.Number == ChartNumber.Money ? "$" : "")}{text}";
    }

    private static string GetLabel(ChartSeries series, ChartMeasure measure) =>
        $"min {measure.FormatValue(series.Values.Min()!.Value)}, max {measure.FormatValue(series.Values.Max()!.Value)}";
}
