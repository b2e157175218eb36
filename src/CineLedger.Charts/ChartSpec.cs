using CineLedger.Reports.Queries;

namespace CineLedger.Charts;

/// <summary>Options for drawing a result.</summary>
public sealed record ChartSpec
{
    /// <summary>The kind of chart; null for the default: lines for years, otherwise bars.</summary>
    public ChartKind? Kind { get; init; }

    /// <summary>The column to draw; null for revenue, or for the first measure if there is no revenue.</summary>
    public string? Measure { get; init; }

    /// <summary>
    /// Whether the other measures of the query with the same unit are drawn as well: as series over time, or as bars of each name. A chart of names over
    /// time draws only one measure.
    /// </summary>
    public bool DrawsAllMeasures { get; init; }

    /// <summary>The number of rows of the result above which nothing is drawn; null for no limit.</summary>
    public int? MaxRows { get; init; }

    /// <summary>Maximum number of series, largest by total; null for the default of the kind.</summary>
    public int? Top { get; init; }

    /// <summary>Size in pixels; null for 1280 by 720, or higher if many rows need it.</summary>
    public int? Width { get; init; }
    public int? Height { get; init; }

    /// <summary>The title; null for a generated one.</summary>
    public string? Title { get; init; }

    public ChartTheme Theme { get; init; } = ChartTheme.Light;

    /// <summary>Notes below the title, such as the filters.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Returns the options for drawing the first measure of a query, and the others with its unit.</summary>
    /// <param name="query">The query.</param>
    /// <param name="filters">Its filters as written.</param>
    /// <param name="readings">How the names in it were resolved, one sentence each.</param>
    public ChartSpec ForQuery(QueryRequest query, IEnumerable<string> filters, IEnumerable<string> readings) => this with
    {
        Measure = query.Measures[0].Column,
        DrawsAllMeasures = true,
        Notes = [.. filters, .. QueryNotes.Get(query).Concat(readings).Select(note => note.TrimEnd('.'))],
    };
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
