namespace CineLedger.Charts;

/// <summary>What a chart is drawn on, in pixels from the upper left corner.</summary>
internal abstract class Canvas(ChartFont font, double width, double height) : IDisposable
{
    public double Width => width;

    public double Height => height;

    protected ChartFont Font => font;

    /// <summary>Boxes of one colour.</summary>
    public abstract void DrawBoxes(IReadOnlyCollection<Box> boxes, string color);

    /// <summary>A line through points.</summary>
    public abstract void DrawLine(IReadOnlyList<(double X, double Y)> points, string color, double thickness, IReadOnlyList<double>? dash = null);

    public abstract void DrawDot(double x, double y, double radius, string color);

    /// <summary>A line of text that begins, is centred or ends at <paramref name="x"/> and stands on <paramref name="y"/>.</summary>
    public abstract void DrawText(double x, double y, string text, double size, string color, TextAnchor anchor = TextAnchor.Start, bool bold = false);

    /// <summary>Writes the picture.</summary>
    /// <param name="title">What it shows, for those who cannot see it.</param>
    /// <param name="description">The same in more words.</param>
    public abstract void Save(Stream output, string title, string description);

    public abstract void Dispose();

    public double Measure(string text, double size, bool bold = false) => font.Measure(text, size, bold);

    /// <summary>A text, or the beginning of it with an ellipsis where it does not fit.</summary>
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
