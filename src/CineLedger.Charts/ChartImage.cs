using CineLedger.Export;
using CineLedger.Model;

namespace CineLedger.Charts;

/// <summary>Draws a chart as an image file. The same data always produces the same bytes.</summary>
public static class ChartImage
{
    public const int MinSide = 240;

    /// <summary>The longest side of an image that a server draws, in pixels.</summary>
    public const int MaxServedSide = 3_840;

    private const int MaxSide = 8_000;

    /// <summary>Returns the format for a file's extension. Throws <see cref="UsageException"/> when it is not an image format.</summary>
    public static ImageFormat GetFormat(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".svg" => ImageFormat.Svg,
        ".png" => ImageFormat.Png,
        var other => throw new UsageException($"--output: unknown image extension '{other}'; use .svg or .png."),
    };

    /// <summary>Draws the chart. Throws <see cref="UsageException"/> when the size is too small for its rows.</summary>
    public static void Write(ChartData data, ChartSpec spec, ResultInfo info, ImageFormat format, Stream output)
    {
        var (width, height) = (CheckSide(spec.Width ?? 1280, "--width"), CheckSide(spec.Height ?? GetDefaultHeight(data), "--height"));
        if (height < GetMinHeight(data))
        {
            throw new UsageException(
                FormattableString.Invariant(
                    $"--height {height}: {data.Series.Count} rows need {Math.Ceiling(GetMinHeight(data))} pixels; choose a smaller --top, or omit --height."));
        }

        using var font = new ChartFont();
        using Canvas canvas = format == ImageFormat.Svg ? new SvgCanvas(font, width, height) : new PngCanvas(font, width, height);
        var frame = new ChartFrame(canvas, ChartPalette.Get(spec.Theme), data);
        var title = ChartText.GetTitle(data, spec);
        var space = frame.Draw(title, ChartText.GetSubtitle(data, spec), ChartText.GetFooter(data, info));
        switch (data.Kind)
        {
            case ChartKind.Line:
                LineChart.Draw(frame, space);
                break;
            case ChartKind.Heatmap:
                HeatmapChart.Draw(frame, space);
                break;
            case ChartKind.Sparkline:
                SparklineChart.Draw(frame, space);
                break;
            case ChartKind.Bar when !data.HasYearBars:
                RankingChart.Draw(frame, space);
                break;
            case ChartKind.Bar or ChartKind.Stacked:
                YearBarChart.Draw(frame, space);
                break;
            default:
                throw new InvalidOperationException($"unsupported chart kind {data.Kind}");
        }

        canvas.Save(output, title, ChartText.Describe(data, spec, info));
    }

    private static int CheckSide(int pixels, string option) => pixels is >= MinSide and <= MaxSide
        ? pixels
        : throw new UsageException(FormattableString.Invariant($"{option} {pixels}: must be {MinSide} to {MaxSide} pixels."));

    private static int GetDefaultHeight(ChartData data) => Math.Max(720, (int)Math.Ceiling(ChartFrame.ReservedHeight + (data.Series.Count * 1.2 * GetMinRowHeight(data)) + 90));

    private static double GetMinHeight(ChartData data) => GetMinRowHeight(data) is var row && row > 0 ? ChartFrame.ReservedHeight + (data.Series.Count * row) : MinSide;

    private static double GetMinRowHeight(ChartData data) => data.Kind switch
    {
        ChartKind.Heatmap => HeatmapChart.MinRowHeight,
        ChartKind.Sparkline => SparklineChart.MinRowHeight,
        ChartKind.Bar when !data.HasYearBars => RankingChart.MinRowHeight,
        _ => 0,
    };
}
