using System.Globalization;
using System.Security;
using System.Text;

namespace CineLedger.Charts;

/// <summary>SVG with text as text: it can be searched, read aloud, and is drawn in the reader's own fonts where ours are not there.</summary>
internal sealed class SvgCanvas(ChartFont font, double width, double height) : Canvas(font, width, height)
{
    private readonly StringBuilder _marks = new();

    public override void Boxes(IReadOnlyCollection<Box> boxes, string colour)
    {
        _marks.Append(CultureInfo.InvariantCulture, $"<path fill=\"{colour}\" d=\"");
        foreach (var box in boxes)
        {
            _marks.Append(CultureInfo.InvariantCulture, $"M{Short(box.X)} {Short(box.Y)}h{Short(box.Width)}v{Short(box.Height)}h{Short(-box.Width)}z");
        }

        _marks.Append("\"/>\n");
    }

    public override void Line(IReadOnlyList<(double X, double Y)> points, string colour, double thickness, IReadOnlyList<double>? dash = null)
    {
        var path = string.Join('L', points.Select(point => $"{Short(point.X)} {Short(point.Y)}"));
        var dashes = dash is { Count: > 0 } ? $" stroke-dasharray=\"{string.Join(' ', dash.Select(Short))}\"" : "";
        _marks.Append(CultureInfo.InvariantCulture, $"<path fill=\"none\" stroke=\"{colour}\" stroke-width=\"{Short(thickness)}\" stroke-linejoin=\"round\"{dashes} d=\"M{path}\"/>\n");
    }

    public override void Dot(double x, double y, double radius, string colour) =>
        _marks.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{Short(x)}\" cy=\"{Short(y)}\" r=\"{Short(radius)}\" fill=\"{colour}\"/>\n");

    public override void Text(double x, double y, string text, double size, string colour, Anchor anchor = Anchor.Start, bool bold = false)
    {
        var end = anchor == Anchor.Start ? "" : $" text-anchor=\"{(anchor == Anchor.Middle ? "middle" : "end")}\"";
        var weight = bold ? " font-weight=\"bold\"" : "";
        _marks.Append(
            CultureInfo.InvariantCulture,
            $"<text x=\"{Short(x)}\" y=\"{Short(y)}\" font-size=\"{Short(size)}\"{end}{weight} fill=\"{colour}\">{SecurityElement.Escape(text)}</text>\n");
    }

    public override void Save(Stream output, string title, string description) =>
        output.Write(Encoding.UTF8.GetBytes($"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{Picture("", title, description)}\n"));

    /// <summary>The picture as a part of a page, as wide as its place there.</summary>
    /// <param name="id">Tells its title from those of the page's other pictures.</param>
    /// <param name="title">What it shows, for those who cannot see it.</param>
    /// <param name="description">The same in more words.</param>
    public string Inline(string id, string title, string description) => Picture($"{id}-", title, description);

    private string Picture(string id, string title, string description)
    {
        var (wide, high) = (Short(Width), Short(Height));
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

    private static string Short(double value) => Math.Round(value, 1).ToString("0.#", CultureInfo.InvariantCulture) is var text && text == "-0" ? "0" : text;
}
