namespace CineLedger.Charts;

/// <summary>What is to be drawn of a result, and how.</summary>
public sealed record ChartSpec
{
    /// <summary>Null for what suits the result: lines where there are years, else bars.</summary>
    public ChartKind? Kind { get; init; }

    /// <summary>The column to draw; null for revenue, or the first measure of a result that has none.</summary>
    public string? Measure { get; init; }

    /// <summary>How many series at the most, the largest by total; null for what the kind can show well.</summary>
    public int? Top { get; init; }

    /// <summary>Pixels; null for 1280 by 720, or higher where many rows need it.</summary>
    public int? Width { get; init; }
    public int? Height { get; init; }

    /// <summary>Null for one in words.</summary>
    public string? Title { get; init; }

    public ChartTheme Theme { get; init; } = ChartTheme.Light;

    /// <summary>What else a reader has to know, such as the filters, under the title.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

public enum ChartKind
{
    Line,
    Bar,
    Stacked,
    Heatmap,
    Sparkline,
}

public enum ChartTheme
{
    Light,
    Dark,
}

public enum ImageFormat
{
    Svg,
    Png,
}
