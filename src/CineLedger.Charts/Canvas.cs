namespace CineLedger.Charts;

/// <summary>A surface to draw a chart on. Coordinates are in pixels from the upper left corner.</summary>
internal abstract class Canvas(ChartFont font, double width, double height) : IDisposable
{
    public double Width => width;

    public double Height => height;

    protected ChartFont Font => font;

    /// <summary>Draws boxes in one color.</summary>
    public abstract void DrawBoxes(IReadOnlyCollection<Box> boxes, string color);

    /// <summary>Draws a line through points.</summary>
    public abstract void DrawLine(IReadOnlyList<(double X, double Y)> points, string color, double thickness, IReadOnlyList<double>? dash = null);

    public abstract void DrawDot(double x, double y, double radius, string color);

    /// <summary>Draws a line of text that starts, is centered or ends at <paramref name="x"/>, with its baseline at <paramref name="y"/>.</summary>
    public abstract void DrawText(double x, double y, string text, double size, string color, TextAnchor anchor = TextAnchor.Start, bool bold = false);

    /// <summary>Writes the image.</summary>
    /// <param name="title">Title for screen readers.</param>
    /// <param name="description">Description for screen readers.</param>
    public abstract void Save(Stream output, string title, string description);

    public abstract void Dispose();

    public double Measure(string text, double size, bool bold = false) => font.Measure(text, size, bold);

    /// <summary>Returns the text, cut and with an ellipsis if it does not fit.</summary>
    public string Fit(string text, double size, double maxWidth, bool bold = false)
    {
        if (Measure(text, size, bold) <= maxWidth)
        {
            return text;
        }

        var letters = System.Globalization.StringInfo.ParseCombiningCharacters(text);
        var (fits, max) = (0, letters.Length - 1);
        while (fits < max)
        {
            var middle = (fits + max + 1) / 2;
            (fits, max) = Measure(Head(middle), size, bold) <= maxWidth ? (middle, max) : (fits, middle - 1);
        }

        return Head(fits);

        string Head(int count) => text[..letters[count]].TrimEnd() + "…";
    }
}

internal readonly record struct Box(double X, double Y, double Width, double Height)
{
    public double Right => X + Width;

    public double Bottom => Y + Height;
}

internal enum TextAnchor
{
    Start,
    Middle,
    End,
}
