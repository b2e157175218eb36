using SkiaSharp;

namespace CineLedger.Charts;

/// <summary>A canvas that writes PNG, using Skia.</summary>
internal sealed class PngCanvas : Canvas
{
    private readonly SKSurface _surface;

    public PngCanvas(ChartFont font, double width, double height)
        : base(font, width, height) =>
        _surface = SKSurface.Create(new SKImageInfo((int)width, (int)height, SKColorType.Rgba8888, SKAlphaType.Opaque))
            ?? throw new Model.LedgerException($"not enough memory for an image of {width} by {height} pixels; choose a smaller --width or --height.");

    public override void DrawBoxes(IReadOnlyCollection<Box> boxes, string color)
    {
        using var paint = CreateFill(color);
        foreach (var box in boxes)
        {
            _surface.Canvas.DrawRect((float)box.X, (float)box.Y, (float)box.Width, (float)box.Height, paint);
        }
    }

    public override void DrawLine(IReadOnlyList<(double X, double Y)> points, string color, double thickness, IReadOnlyList<double>? dash = null)
    {
        using var paint = CreateFill(color);
        using var pattern = dash is { Count: > 0 } ? SKPathEffect.CreateDash([.. dash.Select(length => (float)length)], 0) : null;
        using var path = new SKPathBuilder();
        paint.Style = SKPaintStyle.Stroke;
        paint.StrokeWidth = (float)thickness;
        paint.StrokeJoin = SKStrokeJoin.Round;
        paint.PathEffect = pattern;
        path.MoveTo((float)points[0].X, (float)points[0].Y);
        foreach (var (x, y) in points.Skip(1))
        {
            path.LineTo((float)x, (float)y);
        }

        using var line = path.Detach();
        _surface.Canvas.DrawPath(line, paint);
    }

    public override void DrawDot(double x, double y, double radius, string color)
    {
        using var paint = CreateFill(color);
        _surface.Canvas.DrawCircle((float)x, (float)y, (float)radius, paint);
    }

    public override void DrawText(double x, double y, string text, double size, string color, TextAnchor anchor = TextAnchor.Start, bool bold = false)
    {
        using var paint = CreateFill(color);
        var at = x - (anchor switch { TextAnchor.Start => 0, TextAnchor.Middle => 0.5, _ => 1 } * Measure(text, size, bold));
        foreach (var (run, typeface) in Font.SplitRuns(text))
        {
            using var font = ChartFont.CreateFont(typeface, size, bold);
            _surface.Canvas.DrawText(run, (float)at, (float)y, SKTextAlign.Left, font, paint);
            at += font.MeasureText(run);
        }
    }

    public override void Save(Stream output, string title, string description)
    {
        using var image = _surface.Snapshot();
        using var data = image.Encode(SKEncodedImageFormat.Png, 100) ?? throw new InvalidOperationException("Skia could not encode the image as PNG.");
        data.SaveTo(output);
    }

    public override void Dispose() => _surface.Dispose();

    private static SKPaint CreateFill(string color) => new() { Color = SKColor.Parse(color), IsAntialias = true };
}
