using System.Globalization;
using CineLedger.Reports.Queries;

namespace CineLedger.Web.Dashboard.Explore;

/// <summary>The categories of a chart: names in the order of the result, and periods from the first to the last, including those without movies.</summary>
internal static class ExploreAxis
{
    /// <summary>The maximum number of periods. The months of a century are 1,200.</summary>
    private const int MaxSteps = 2_500;

    public static IReadOnlyList<string> Create(Dimension dimension, IReadOnlyList<string> labels) => !dimension.IsTime || labels.Count == 0 ? labels : dimension.Form switch
    {
        ValueForm.Quarter => FillSteps(
            dimension,
            labels,
            text => (ParseNumber(text[..^3]) * 4) + ParseNumber(text[^1..]) - 1,
            1,
            at => string.Create(CultureInfo.InvariantCulture, $"{at / 4}-Q{(at % 4) + 1}")),
        ValueForm.Month => FillSteps(
            dimension,
            labels,
            text => (ParseNumber(text[..^3]) * 12) + ParseNumber(text[^2..]) - 1,
            1,
            at => string.Create(CultureInfo.InvariantCulture, $"{at / 12}-{(at % 12) + 1:00}")),
        ValueForm.Weekday => Dimensions.Weekdays,
        ValueForm.Decade => FillSteps(dimension, labels, ParseNumber, 10, at => at.ToString(CultureInfo.InvariantCulture)),
        _ => FillSteps(dimension, labels, ParseNumber, 1, at => at.ToString(CultureInfo.InvariantCulture)),
    };

    /// <summary>Returns the text of a label: the name of a month of the year, otherwise the label itself.</summary>
    public static string GetText(Dimension dimension, string label) => dimension.Form == ValueForm.MonthOfYear ? GetMonthName(label) : label;

    /// <summary>Returns the name of a month by its number, or the text itself if it is no number, as for an unknown month.</summary>
    public static string GetMonthName(string month) => int.TryParse(month, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 12
        ? CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(number)
        : month;

    private static IReadOnlyList<string> FillSteps(Dimension dimension, IReadOnlyList<string> labels, Func<string, int> read, int step, Func<int, string> write)
    {
        var periods = labels.Select(read).ToList();
        var (first, last) = dimension.Form == ValueForm.MonthOfYear ? (1, 12) : (periods.Min(), periods.Max());
        return (last - first) / step < MaxSteps
            ? [.. Enumerable.Range(0, ((last - first) / step) + 1).Select(i => write(first + (i * step)))]
            : [.. labels.OrderBy(read)];
    }

    private static int ParseNumber(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
