using System.Globalization;
using System.Security;
using System.Text;

namespace CineLedger.Charts;

/// <summary>A canvas that writes SVG. Text remains text: it is searchable, accessible to screen readers, and falls back to the reader's fonts.</summary>
internal sealed class SvgCanvas(ChartFont font, double width, double height) : Canvas(font, width, height)
{
    private readonly StringBuilder _marks = new();

    public override void DrawBoxes(IReadOnlyCollection<Box> boxes, string color)
    {
        _marks.Append(CultureInfo.InvariantCulture, $"<path fill=\"{color}\" d=\"");
        foreach (var box in boxes)
        {
            _marks.Append(CultureInfo.InvariantCulture, $"M{Format(box.X)} {Format(box.Y)}h{Format(box.Width)}v{Format(box.Height)}h{Format(-box.Width)}z");
        }

        _marks.Append("\"/>\n");
    }

    public override void DrawLine(IReadOnlyList<(double X, double Y)> points, string color, double thickness, IReadOnlyList<double>? dash = null)
    {
        var path = string.Join('L', points.Select(point => $"{Format(point.X)} {Format(point.Y)}"));
        var dashes = dash is { Count: > 0 } ? $" stroke-dasharray=\"{string.Join(' ', dash.Select(Format))}\"" : "";
        _marks.Append(
            CultureInfo.InvariantCulture,
            $"<path fill=\"none\" stroke=\"{color}\" stroke-width=\"{Format(thickness)}\" stroke-linejoin=\"round\"{dashes} d=\"M{path}\"/>\n");
    }

    public override void DrawDot(double x, double y, double radius, string color) =>
        _marks.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{Format(x)}\" cy=\"{Format(y)}\" r=\"{Format(radius)}\" fill=\"{color}\"/>\n");

    public override void DrawText(double x, double y, string text, double size, string color, TextAnchor anchor = TextAnchor.Start, bool bold = false)
    {
        var end = anchor == TextAnchor.Start ? "" : $" text-anchor=\"{(anchor == TextAnchor.Middle ? "middle" : "end")}\"";
        var weight = bold ? " font-weight=\"bold\"" : "";
        _marks.Append(
            CultureInfo.InvariantCulture,
            $"<text x=\"{Format(x)}\" y=\"{Format(y)}\" font-size=\"{Format(size)}\"{end}{weight} fill=\"{color}\">{SecurityElement.Escape(text)}</text>\n");
    }

    public override void Save(Stream output, string title, string description) =>
        output.Write(Encoding.UTF8.GetBytes($"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{ToSvg("", title, description)}\n"));

    /// <summary>Returns the image for embedding in a page, as wide as its container.</summary>
    /// <param name="id">Distinguishes its element ids from those of other images on the page.</param>
    /// <param name="title">Title for screen readers.</param>
    /// <param name="description">Description for screen readers.</param>
    public string ToInlineSvg(string id, string title, string description) => ToSvg($"{id}-", title, description);

    private string ToSvg(string id, string title, string description)
    {
        var (wide, high) = (Format(Width), Format(Height));
        return $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" viewBox="0 0 {wide} {high}" role="img" aria-labelledby="{id}title {id}description" font-family="'Noto Sans', 'DejaVu Sans', 'Segoe UI', Helvetica, Arial, sans-serif">
            <title id="{id}title">{SecurityElement.Escape(title)}</title>
            <desc id="{id}description">{SecurityElement.Escape(description)}</desc>
            {_marks}</svg>
            """.ReplaceLineEndings("\n");
    }

    public override void Dispose()
    {
    }

    private static string Format(double value) => Math.Round(value, 1).ToString("0.#", CultureInfo.InvariantCulture) is var text && text == "-0" ? "0" : text;
}
