using CineLedger.Export;
using CineLedger.Model;

namespace CineLedger.Charts;

/// <summary>Draws a chart as a file. Equal data makes equal bytes.</summary>
public static class ChartPicture
{
    private const int LeastSide = 240;
    private const int MostSide = 8_000;

    /// <summary>The format of a file's extension. Throws <see cref="UsageException"/> for one that is none of a picture.</summary>
    public static PictureFormat FormatOf(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".svg" => PictureFormat.Svg,
        ".png" => PictureFormat.Png,
        var other => throw new UsageException($"--output: no picture is known by the extension '{other}'; name a file that ends in .svg or .png."),
    };

    /// <summary>Draws the chart. Throws <see cref="UsageException"/> where it is to be smaller than its rows need.</summary>
    public static void Write(ChartData data, ChartSpec spec, ResultInfo info, PictureFormat format, Stream output)
    {
        var (width, height) = (Side(spec.Width ?? 1280, "--width"), Side(spec.Height ?? UsualHeight(data), "--height"));
        if (height < LeastHeight(data))
        {
            throw new UsageException(
                FormattableString.Invariant($"--height {height}: {data.Series.Count} rows need {Math.Ceiling(LeastHeight(data))}; choose a smaller --top, or leave --height out."));
        }

        using var font = new ChartFont();
        using Canvas canvas = format == PictureFormat.Svg ? new SvgCanvas(font, width, height) : new PngCanvas(font, width, height);
        var frame = new ChartFrame(canvas, ChartPalette.Of(spec.Theme), data);
        var title = ChartWords.Title(data, spec);
        var room = frame.Draw(title, ChartWords.Subtitle(data, spec), ChartWords.Foot(data, info));
        switch (data.Kind)
        {
            case ChartKind.Line:
                LineChart.Draw(frame, room);
                break;
            case ChartKind.Heatmap:
                HeatmapChart.Draw(frame, room);
                break;
            case ChartKind.Sparkline:
                SparklineChart.Draw(frame, room);
                break;
            case ChartKind.Bar when !data.BarsAreYears:
                RankingChart.Draw(frame, room);
                break;
            case ChartKind.Bar or ChartKind.Stacked:
                YearBarChart.Draw(frame, room);
                break;
            default:
                throw new InvalidOperationException($"no picture of a {data.Kind}");
        }

        canvas.Save(output, title, ChartWords.Description(data, spec, info));
    }

    private static int Side(int pixels, string option) => pixels is >= LeastSide and <= MostSide
        ? pixels
        : throw new UsageException(FormattableString.Invariant($"{option} {pixels}: a picture's sides have {LeastSide} to {MostSide} pixels."));

    private static int UsualHeight(ChartData data) => Math.Max(720, (int)Math.Ceiling(ChartFrame.Surroundings + (data.Series.Count * 1.2 * LeastRow(data)) + 90));

    private static double LeastHeight(ChartData data) => LeastRow(data) is var row && row > 0 ? ChartFrame.Surroundings + (data.Series.Count * row) : LeastSide;

    private static double LeastRow(ChartData data) => data.Kind switch
    {
        ChartKind.Heatmap => HeatmapChart.LeastRow,
        ChartKind.Sparkline => SparklineChart.LeastRow,
        ChartKind.Bar when !data.BarsAreYears => RankingChart.LeastRow,
        _ => 0,
    };
}
