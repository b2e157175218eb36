using CineLedger.Reports;
using CineLedger.Reports.Queries;
using CineLedger.Web.Dashboard.Charts;

namespace CineLedger.Web.Dashboard;

/// <summary>Labels, number formats and chart colors of measures and dimensions on pages.</summary>
internal static class MeasureDisplay
{
    public static string GetHeading(this Measure measure) => ReportOptionNames.ToHeading(measure.Title);

    public static string GetHeading(this SelectedMeasure use) => ReportOptionNames.ToHeading(use.Title);

    /// <summary>Returns the label of a measure in a list within a sentence, such as <c>revenue (median)</c>.</summary>
    public static string GetTitleInList(this SelectedMeasure use) => use.Aggregate is { } aggregate ? $"{use.Measure.Title} ({ReportOptionNames.GetTitle(aggregate)})" : use.Title;

    public static string GetHeading(this Dimension dimension) => ReportOptionNames.ToHeading(dimension.Name.Replace('_', ' '));

    /// <summary>Returns the heading of a measure by its name.</summary>
    public static string GetHeading(string measure) => Measures.Find(measure).GetHeading();

    public static Unit GetUnit(string measure) => Measures.Find(measure).GetDisplayUnit();

    public static Unit GetDisplayUnit(this Measure measure) => measure.Kind switch
    {
        MeasureKind.Amount => Unit.Money,
        MeasureKind.Ratio or MeasureKind.Share => Unit.Percent,
        MeasureKind.Value => Unit.Measure,
        MeasureKind.Count or MeasureKind.Known or MeasureKind.Rank or MeasureKind.NameReleases => Unit.Count,
        _ => throw new InvalidOperationException($"{measure.Kind} has no unit"),
    };

    /// <summary>Returns whether a measure is a percentage of movies, such as <c>share(releases)</c>.</summary>
    public static bool IsShareOfMovies(this SelectedMeasure use) => use.Applied?.Of.Measure.Kind is MeasureKind.Count or MeasureKind.Known;

    /// <summary>Returns the fixed color of revenue and budget, and <paramref name="other"/> for every other measure.</summary>
    public static ChartColor GetColorOr(this Measure measure, ChartColor other) => measure.Name switch
    {
        "revenue" => ChartColor.Revenue,
        "budget" => ChartColor.Budget,
        _ => other,
    };
}
