using System.Globalization;
using CineLedger.Export;

namespace CineLedger.Charts;

/// <summary>Texts of a chart: title, subtitle, footer and description.</summary>
internal static class ChartText
{
    /// <summary>Returns the title: <c>Pixar Animation Studios: revenue by year</c>.</summary>
    public static string GetTitle(ChartData data, ChartSpec spec)
    {
        if (spec.Title is { } title)
        {
            return ChartLabels.Clean(title);
        }

        var measureTitle = data.Measure.Title;
        var by = data.Years.Count > 1 && (data.Kind != ChartKind.Bar || data.HasYearBars) ? data.Time!.PeriodName : null;
        var dimension = data.AllSeries > 1 ? string.Join(" and ", data.Dimensions.Select(GetDimensionName)) : null;
        var grouped = string.Join(" and ", new[] { dimension, by }.OfType<string>().Where(word => word.Length > 0));
        var about = $"{measureTitle}{(grouped.Length > 0 ? $" by {grouped}" : "")}{(by is null && data.Years.Count > 0 ? $", {GetPeriod(data)}" : "")}";
        string?[] whose = data.AllSeries == 1 ? [data.Series[0].Name] : [.. data.Fixed];
        return whose is [{ Length: > 0 }, ..] ? $"{string.Join(" · ", whose)}: {about}" : char.ToUpperInvariant(about[0]) + about[1..];
    }

    /// <summary>Returns the subtitle: the unit, how many of the series are shown, and the notes.</summary>
    public static string GetSubtitle(ChartData data, ChartSpec spec)
    {
        var parts = new List<string> { data.Measure.Unit };
        var dimension = data.Dimensions is [var only] ? Pluralize(only) : "series";
        if (data.Series.Count < data.KnownSeries)
        {
            var largest = data.Series.Count == 1 ? "largest" : $"{data.Series.Count:N0} largest";
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"the {largest} of {data.AllSeries:N0} {dimension}{(data.Others is null ? "" : ", others combined")}"));
        }
        else if (data.KnownSeries < data.AllSeries)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{data.KnownSeries:N0} of {data.AllSeries:N0} {dimension}, the others unknown"));
        }

        if (data.Kind == ChartKind.Line && !data.Measure.StartsAtZero)
        {
            parts.Add("the axis does not start at 0");
        }

        if (data.Incomplete is { } incomplete)
        {
            parts.Add($"{data.GetLabel(data.Years[incomplete.First])}: data {incomplete.Label}");
        }

        parts.AddRange(spec.Notes.Select(ChartLabels.Clean));
        return string.Join(" · ", parts);
    }

    /// <summary>Returns the parts of the footer: the source and the coverage.</summary>
    public static IReadOnlyList<string> GetFooter(ChartData data, ResultInfo info)
    {
        var parts = new List<string>();
        if (info.Snapshot is { } snapshot)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"CineLedger snapshot {snapshot.Id}"));
            parts.Add(ChartLabels.Clean(Path.GetFileName(snapshot.Source) is { Length: > 0 } name ? name : snapshot.Source));
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"published {snapshot.PublishedAt:yyyy-MM-dd}"));
        }
        else
        {
            parts.Add("CineLedger");
        }

        if (info.Coverage is { } coverage)
        {
            var movies = string.Create(CultureInfo.InvariantCulture, $"{coverage.Movies:N0} movie{(coverage.Movies == 1 ? "" : "s")}");
            parts.Add(data.Measure.Column switch
            {
                "revenue" => string.Create(CultureInfo.InvariantCulture, $"{coverage.RevenueKnown:N0} of {movies} with known revenue"),
                "budget" => string.Create(CultureInfo.InvariantCulture, $"{coverage.BudgetKnown:N0} of {movies} with known budget"),
                _ when data.Measure.NeedsAmounts => string.Create(
                    CultureInfo.InvariantCulture, $"{movies}, {coverage.BudgetKnown:N0} with known budget, {coverage.RevenueKnown:N0} with known revenue"),
                _ => movies,
            });
            if (coverage.Undated > 0)
            {
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{coverage.Undated:N0} undated excluded"));
            }

            if (coverage.Unreleased > 0)
            {
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{coverage.Unreleased:N0} planned or rumored excluded"));
            }
            parts.AddRange(coverage.Notes.Select(note => note.TrimEnd('.')));
        }

        if (info.Snapshot is { Synthetic: true })
        {
            parts.Add("synthetic data: the numbers are invented");
        }

        return parts;
    }

    /// <summary>Describes the chart for screen readers.</summary>
    public static string Describe(ChartData data, ChartSpec spec, ResultInfo info)
    {
        var kind = data.Kind switch
        {
            ChartKind.Line => "Line chart",
            ChartKind.Bar => "Bar chart",
            ChartKind.Stacked => "Stacked bar chart",
            ChartKind.Heatmap => "Heat map",
            _ => "Sparklines",
        };
        var values = data.DrawnSeries.SelectMany(series => series.Values).OfType<double>().ToList();
        var names = data.AllSeries > 1 ? $" Series: {string.Join("; ", data.DrawnSeries.Select(series => series.Name))}." : "";
        return $"{kind}, {GetSubtitle(data, spec)}{(data.Years.Count > 0 ? $", {GetPeriod(data)}" : "")}. Values from {data.Measure.FormatValue(values.Min())} to "
            + $"{data.Measure.FormatValue(values.Max())}. Unknown values are omitted.{names} {string.Join(" · ", GetFooter(data, info))}.";
    }

    public static string GetPeriod(ChartData data) =>
        data.Years.Count == 1 ? data.GetLabel(data.Years[0]) : $"{data.GetLabel(data.Years[0])} to {data.GetLabel(data.Years[^1])}";

    private static string GetDimensionName(string column) => column.Replace('_', ' ');

    private static string Pluralize(string column) =>
        GetDimensionName(column) is var name && name.EndsWith('y') ? $"{name[..^1]}ies" : $"{name}s";
}
