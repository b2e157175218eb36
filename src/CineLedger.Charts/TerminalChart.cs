using System.Globalization;
using System.Text;
using CineLedger.Export;
using CineLedger.Model;

namespace CineLedger.Charts;

/// <summary>A chart in text: bars, or a sparkline a series. Unknown is a dash in bars and a dot in sparklines, never a zero.</summary>
public static class TerminalChart
{
    private const string Eighths = " ▏▎▍▌▋▊▉█";
    private const string Levels = "▁▂▃▄▅▆▇█";
    private const string AsciiLevels = "_.-=+*#@";
    private const int LeastBar = 8;

    /// <summary>Which kind suits a terminal: bars for one series or one year, else sparklines.</summary>
    public static ChartKind Usual(int series, int years) => series > 1 && years > 1 ? ChartKind.Sparkline : ChartKind.Bar;

    /// <summary>The chart's lines. Throws <see cref="UsageException"/> for a kind that takes a picture.</summary>
    public static IEnumerable<string> Lines(ChartData data, ChartSpec spec, ResultInfo info, TerminalStyle style)
    {
        var body = data.Kind switch
        {
            ChartKind.Bar => Bars(data, style),
            ChartKind.Sparkline or ChartKind.Line => Sparklines(data, style),
            _ => throw new UsageException(
                $"--kind {data.Kind.ToString().ToLowerInvariant()}: a terminal shows bars and sparklines; name a picture with --output FILE.svg or FILE.png."),
        };
        string[] head = [ChartWords.Title(data, spec), ChartWords.Subtitle(data, spec), ""];
        return [.. head.Concat(body).Append("").Append(string.Join(" · ", ChartWords.Foot(data, info))).Select(line => (style.Ascii ? TerminalText.Ascii(line) : line).TrimEnd())];
    }

    private static IEnumerable<string> Bars(ChartData data, TerminalStyle style)
    {
        var rows = data.BarsAreYears
            ? data.Years.Select((year, i) => (Name: data.Label(year), Value: data.Series[0].Values[i])).ToList()
            : data.Series.Select(series => (series.Name, Value: series.Total)).ToList();
        var values = rows.Select(row => row.Value is { } value ? Full(value) : ReadableText.Unknown).ToList();
        var names = NameWidth(rows.Select(row => row.Name), style);
        var room = Math.Max(LeastBar, style.Width - names - values.Max(value => value.Length) - 4);
        var largest = Math.Max(rows.Max(row => Math.Abs(row.Value ?? 0)), double.Epsilon);
        for (var i = 0; i < rows.Count; i++)
        {
            var bar = rows[i].Value is { } value ? Bar(Math.Abs(value) / largest * room, style, value < 0) : "";
            yield return $"{Name(rows[i].Name, names, style)}  {bar}{(bar.Length > 0 ? " " : "")}{values[i]}";
        }
    }

    /// <summary>A line a series, and the years below them.</summary>
    internal static IEnumerable<string> Sparklines(ChartData data, TerminalStyle style)
    {
        var labels = data.Series.Select(Label).ToList();
        var names = NameWidth(data.Series.Select(series => series.Name), style);
        var room = Math.Max(LeastBar, style.Width - names - labels.Max(label => label.Length) - 4);

        // Where years have no cell each, several share one, which shows their largest value.
        var share = (data.Years.Count + room - 1) / room;
        var cells = (data.Years.Count + share - 1) / share;
        for (var i = 0; i < data.Series.Count; i++)
        {
            var line = string.Concat(data.Series[i].Values.Chunk(share).Select(years => Level(years.Max(), data.Series[i], style)));
            yield return $"{Name(data.Series[i].Name, names, style)}  {Colour(line, style, loss: false)}  {labels[i]}";
        }

        var (first, last) = (data.Label(data.Years[0]), data.Label(data.Years[^1]));
        yield return $"{new string(' ', names)}  {first}{(cells >= 10 ? last.PadLeft(cells - first.Length) : $"-{last}")}";
        if (share > 1)
        {
            yield return $"Each mark stands for {share} {data.Time!.Word}s: it shows the best of them.";
        }
    }

    private static char Level(double? value, ChartSeries series, TerminalStyle style)
    {
        if (value is not { } known)
        {
            return style.Ascii ? ' ' : '·';
        }

        var levels = style.Ascii ? AsciiLevels : Levels;
        var least = Math.Min(0, series.Values.Min() ?? 0);
        var largest = Math.Max(0, series.Values.Max() ?? 0);
        var share = largest > least ? (known - least) / (largest - least) : 0;
        return levels[Math.Min(levels.Length - 1, (int)(share * levels.Length))];
    }

    /// <summary>A bar so many cells long, in eighths of them.</summary>
    internal static string Bar(double cells, TerminalStyle style, bool loss)
    {
        // A known value is not to look like an unknown one, however small it is.
        var eighths = Math.Max(1, (int)Math.Round(cells * 8));
        var bar = new StringBuilder().Append(style.Ascii ? '#' : '█', eighths / 8);
        if (style.Ascii)
        {
            bar.Append(bar.Length == 0 ? "|" : "");
        }
        else if (eighths % 8 > 0)
        {
            bar.Append(Eighths[eighths % 8]);
        }

        return Colour(bar.ToString(), style, loss);
    }

    /// <summary>Blue for what there is, orange for losses: the two that all eyes tell apart.</summary>
    private static string Colour(string text, TerminalStyle style, bool loss) => style.Colour ? $"\e[{(loss ? 33 : 34)}m{text}\e[0m" : text;

    private static int NameWidth(IEnumerable<string> names, TerminalStyle style) =>
        Math.Min(names.Max(name => TerminalText.Width(style.Ascii ? TerminalText.Ascii(name) : name)), Math.Max(10, style.Width / 3));

    private static string Name(string name, int width, TerminalStyle style) =>
        TerminalText.Pad(style.Ascii ? TerminalText.Ascii(name) : name, width, style.Ascii);

    private static string Full(double value) => value.ToString(value == Math.Floor(value) ? "N0" : "N3", CultureInfo.InvariantCulture);

    private static string Label(ChartSeries series) => $"min {ChartScale.Short(series.Values.Min()!.Value)}, max {ChartScale.Short(series.Values.Max()!.Value)}";
}
