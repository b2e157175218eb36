using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CineLedger.Web.Dashboard.Charts;

/// <summary>
/// A chart as data: what is drawn. How, in which colours of which theme, is the browser's to know (charts.js). Unknown is null, which is a gap.
/// </summary>
/// <param name="Kind">Its form.</param>
/// <param name="Unit">Of its values.</param>
/// <param name="Labels">The categories: years, names. Of <see cref="ChartViewKind.Ranking"/> from top to bottom.</param>
/// <param name="Series">What is drawn over them; of <see cref="ChartViewKind.Heat"/> and <see cref="ChartViewKind.Marks"/> a row each.</param>
public sealed record ChartView(ChartViewKind Kind, Unit Unit, IReadOnlyList<string> Labels, IReadOnlyList<ChartViewSeries> Series)
{
    /// <summary>What it shows, in a sentence: for who does not see it.</summary>
    public required string Description { get; init; }

    /// <summary>Where a click on a category leads, one each; null for nowhere. The table beside the chart has the same links.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string?>? Links { get; init; }

    /// <summary>
    /// Of <see cref="ChartViewKind.Heat"/>: the address that a click on a cell leads to, with the cell's year and genre added to it by the browser; null for
    /// nowhere. A link for each cell would be longer than the page.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? CellLinks { get; init; }

    /// <summary>What files of it are called.</summary>
    public string Name { get; init; } = "chart";

    /// <summary>Of its place on the page.</summary>
    [JsonIgnore]
    public ChartHeight Height { get; init; }

    /// <summary>Over years, in their order: those that the answer lacks get their place too, empty, so that ten years are as long everywhere.</summary>
    public ChartView WithEveryYear()
    {
        if (Labels.Count < 2)
        {
            return this;
        }

        var places = Labels.Select((year, i) => (Year: int.Parse(year, CultureInfo.InvariantCulture), i)).ToDictionary(at => at.Year, at => at.i);
        var (first, last) = (places.Keys.Min(), places.Keys.Max());
        int?[] all = [.. Enumerable.Range(first, last - first + 1).Select(year => places.TryGetValue(year, out var place) ? place : (int?)null)];
        return this with
        {
            Labels = [.. Enumerable.Range(first, all.Length).Select(year => year.ToString(CultureInfo.InvariantCulture))],
            Series = [.. Series.Select(series => series with { Data = FillGaps(series.Data), Notes = series.Notes is null ? null : FillGaps(series.Notes) })],
            Links = Links is null ? null : FillGaps(Links),
        };

        T?[] FillGaps<T>(IReadOnlyList<T?> values) => [.. all.Select(place => place is { } at ? values[at] : default)];
    }

    /// <summary>For charts.js. The serializer escapes what would end a script element.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ChartJson.Default.ChartView);
}

/// <param name="Name">In the legend.</param>
/// <param name="Data">A value for each category; null where it is unknown.</param>
public sealed record ChartViewSeries(string Name, IReadOnlyList<double?> Data)
{
    /// <summary>What it means, where it means something: it then always looks the same. Else it takes its turn through the palette.</summary>
    public ChartColor Color { get; init; }

    /// <summary>Of <see cref="ChartViewKind.Heat"/>: the places of the categories whose cell has a dot, as nothing is told by colour alone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<int>? Marked { get; init; }

    /// <summary>A text for each category that stands with the value; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string?>? Notes { get; init; }
}

public enum ChartViewKind
{
    /// <summary>Over the years; a gap where nothing is known.</summary>
    Lines,

    /// <summary>Bars from zero, up and down.</summary>
    Bars,

    /// <summary>Bars on top of each other.</summary>
    Stacked,

    /// <summary>Bars to the right, a name each.</summary>
    Ranking,

    /// <summary>A cell for each series and category, the darker the more.</summary>
    Heat,

    /// <summary>Ranks over the years, 1 at the top.</summary>
    Bump,

    /// <summary>A mark in each series' row where it has a value.</summary>
    Marks,
}

public enum ChartColor
{
    Palette,
    Revenue,
    Budget,
    Foreground,

    /// <summary>Gains in the ink of what is earned, losses hatched in red.</summary>
    GainOrLoss,

    /// <summary>Hatched and light: what is not known.</summary>
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
