using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using CineLedger.Reports;

namespace CineLedger.Web.Dashboard.Charts;

/// <summary>
/// The data of a chart. Its appearance, such as the colors of the theme, is decided in the browser (charts.js). Unknown values are null and drawn as gaps.
/// </summary>
/// <param name="Kind">The type of chart.</param>
/// <param name="Unit">The unit of the values.</param>
/// <param name="Labels">The categories, such as years or names; for <see cref="ChartViewKind.Ranking"/> from top to bottom.</param>
/// <param name="Series">The series over the categories; for <see cref="ChartViewKind.Heat"/> and <see cref="ChartViewKind.Marks"/> one row each.</param>
public sealed record ChartView(ChartViewKind Kind, Unit Unit, IReadOnlyList<string> Labels, IReadOnlyList<ChartViewSeries> Series)
{
    /// <summary>One sentence that describes the chart to screen readers.</summary>
    public required string Description { get; init; }

    /// <summary>The address that each category links to; null for no links. The table beside the chart has the same links.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string?>? Links { get; init; }

    /// <summary>
    /// For <see cref="ChartViewKind.Heat"/>: the address that cells link to, to which the browser adds the year and genre of the cell; null for no links. One
    /// link per cell would be longer than the page.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? CellLinks { get; init; }

    /// <summary>The name of downloaded images, without snapshot and extension.</summary>
    public string Name { get; init; } = "chart";

    /// <summary>The height on the page.</summary>
    [JsonIgnore]
    public ChartHeight Height { get; init; }

    /// <summary>The number of years of a category that is labeled with a year: 10 for decades.</summary>
    [JsonIgnore]
    public int YearsPerLabel { get; init; } = 1;

    /// <summary>Whether the values are percentages of movies, which are known without their amounts.</summary>
    [JsonIgnore]
    public bool IsShareOfMovies { get; init; }

    /// <summary>The periods that the dataset covers only partly; null if there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IncompletePeriod? Incomplete { get; init; }

    /// <summary>Marks the decades, years, quarters or months after the last complete month of a ledger.</summary>
    public ChartView MarkIncomplete(LedgerYears years) => Kind != ChartViewKind.Ranking && years.IncompleteLabel is { } completeTo
        && Labels.FirstOrDefault(label => years.IsIncomplete(label, YearsPerLabel)) is { } first
        ? this with { Incomplete = new IncompletePeriod(first, completeTo) }
        : this;

    /// <summary>
    /// Returns null if there is nothing to see: no known value or, for lines, a single period. A ranking omits the names without a known value, which have no bar; the
    /// table beside the chart has them.
    /// </summary>
    public ChartView? OmitUnknown()
    {
        int[] known = [.. Enumerable.Range(0, Labels.Count).Where(at => Series.Any(series => series.Data[at] is not null))];
        if (known.Length == 0 || (Kind is ChartViewKind.Lines or ChartViewKind.Bump && Labels.Count == 1))
        {
            return null;
        }

        return Kind != ChartViewKind.Ranking || known.Length == Labels.Count ? this : this with
        {
            Labels = Select(Labels),
            Series = [.. Series.Select(series => series with { Data = Select(series.Data), Notes = series.Notes is null ? null : Select(series.Notes) })],
            Links = Links is null ? null : Select(Links),
        };

        T[] Select<T>(IReadOnlyList<T> values) => [.. known.Select(at => values[at])];
    }

    /// <summary>Adds the missing years between the first and the last, without values, so that the time axis is even. The categories must be years in order.</summary>
    public ChartView WithEveryYear()
    {
        if (Labels.Count < 2)
        {
            return this;
        }

        var indexesByYear = Labels.Select((year, i) => (Year: int.Parse(year, CultureInfo.InvariantCulture), i)).ToDictionary(at => at.Year, at => at.i);
        var (first, last) = (indexesByYear.Keys.Min(), indexesByYear.Keys.Max());
        int?[] all = [.. Enumerable.Range(first, last - first + 1).Select(year => indexesByYear.TryGetValue(year, out var place) ? place : (int?)null)];
        return this with
        {
            Labels = [.. Enumerable.Range(first, all.Length).Select(year => year.ToString(CultureInfo.InvariantCulture))],
            Series = [.. Series.Select(series => series with { Data = FillGaps(series.Data), Notes = series.Notes is null ? null : FillGaps(series.Notes) })],
            Links = Links is null ? null : FillGaps(Links),
        };

        T?[] FillGaps<T>(IReadOnlyList<T?> values) => [.. all.Select(place => place is { } at ? values[at] : default)];
    }

    /// <summary>Serializes the chart for charts.js. The serializer escapes characters that could end the script element.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ChartJson.Default.ChartView);
}

/// <summary>The decades, years, quarters or months at the end of a chart that the dataset covers only partly.</summary>
/// <param name="First">The label of the first one.</param>
/// <param name="Label">What the dataset covers, such as <c>to Jun 2017</c>.</param>
public sealed record IncompletePeriod(string First, string Label);

/// <param name="Name">The name in the legend.</param>
/// <param name="Data">One value per category; null when unknown.</param>
public sealed record ChartViewSeries(string Name, IReadOnlyList<double?> Data)
{
    /// <summary>The color. A series with a meaning, such as revenue, has the same color in every chart; others take the next color of the palette.</summary>
    public ChartColor Color { get; init; }

    /// <summary>The place in the palette, from 0 to 7; null for the place in the order of the series.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Place { get; init; }

    /// <summary>For <see cref="ChartViewKind.Heat"/>: the indexes of the categories whose cell has a dot. Color alone would not be accessible.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<int>? Marked { get; init; }

    /// <summary>One text per category, shown with the value; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string?>? Notes { get; init; }
}

public enum ChartViewKind
{
    /// <summary>Lines over the years, with gaps for unknown values.</summary>
    Lines,

    /// <summary>Bars above and below zero.</summary>
    Bars,

    /// <summary>Stacked bars.</summary>
    Stacked,

    /// <summary>Horizontal bars, one per name.</summary>
    Ranking,

    /// <summary>A heat map: one cell per series and category, darker for higher values.</summary>
    Heat,

    /// <summary>Ranks over the years, with 1 at the top.</summary>
    Bump,

    /// <summary>One row per series, with a mark where it has a value.</summary>
    Marks,
}

public enum ChartColor
{
    Palette,
    Revenue,
    Budget,
    Foreground,

    /// <summary>Gains in the color of revenue, losses hatched in red.</summary>
    GainOrLoss,

    /// <summary>Unknown values: light and hatched.</summary>
    Unknown,
}

public enum ChartHeight
{
    Default,
    Low,
    Tall,
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(KindConverter), typeof(ChartColorConverter), typeof(UnitConverter)])]
[JsonSerializable(typeof(ChartView))]
internal sealed partial class ChartJson : JsonSerializerContext
{
    internal sealed class KindConverter() : JsonStringEnumConverter<ChartViewKind>(JsonNamingPolicy.CamelCase);

    internal sealed class ChartColorConverter() : JsonStringEnumConverter<ChartColor>(JsonNamingPolicy.CamelCase);

    internal sealed class UnitConverter() : JsonStringEnumConverter<Unit>(JsonNamingPolicy.CamelCase);
}
