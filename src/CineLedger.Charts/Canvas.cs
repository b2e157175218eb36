namespace CineLedger.Charts;

/// <summary>What a chart is drawn on, in pixels from the upper left corner.</summary>
internal abstract class Canvas(ChartFont font, double width, double height) : IDisposable
{
    public double Width => width;

    public double Height => height;

    protected ChartFont Font => font;

    /// <summary>Boxes of one colour.</summary>
    public abstract void Boxes(IReadOnlyCollection<Box> boxes, string colour);

    /// <summary>A line through points.</summary>
    public abstract void Line(IReadOnlyList<(double X, double Y)> points, string colour, double thickness, IReadOnlyList<double>? dash = null);

    public abstract void Dot(double x, double y, double radius, string colour);

    /// <summary>A line of text that begins, is centred or ends at <paramref name="x"/> and stands on <paramref name="y"/>.</summary>
    public abstract void Text(double x, double y, string text, double size, string colour, Anchor anchor = Anchor.Start, bool bold = false);

    /// <summary>Writes the picture.</summary>
    /// <param name="title">What it shows, for those who cannot see it.</param>
    /// <param name="description">The same in more words.</param>
    public abstract void Save(Stream output, string title, string description);

    public abstract void Dispose();

    public double Measure(string text, double size, bool bold = false) => font.Measure(text, size, bold);

    /// <summary>A text, or the beginning of it with an ellipsis where it does not fit.</summary>
    public string Fit(string text, double size, double room, bool bold = false)
    {
        if (Measure(text, size, bold) <= room)
        {
            return text;
        }

        var letters = System.Globalization.StringInfo.ParseCombiningCharacters(text);
        var (fits, most) = (0, letters.Length - 1);
        while (fits < most)
        {
            var middle = (fits + most + 1) / 2;
            (fits, most) = Measure(Head(middle), size, bold) <= room ? (middle, most) : (fits, middle - 1);
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

internal enum Anchor
{
    Start,
    Middle,
    End,
}
