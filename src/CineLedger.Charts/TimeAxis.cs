using System.Data.Common;
using System.Globalization;
using CineLedger.Export;
using CineLedger.Reports;

namespace CineLedger.Charts;

/// <summary>The time axis of a chart: periods, numbered so that neighbors differ by <paramref name="Step"/>.</summary>
/// <param name="Column">The name of its column in the result.</param>
/// <param name="Step">Distance between periods: 10 for decades, otherwise 1.</param>
/// <param name="PerYear">Number of periods in a year; 1 if a period is a year or longer.</param>
public sealed record TimeAxis(string Column, int Step, int PerYear)
{
    private static readonly int[] LabelStepsOfYears = [1, 2, 5, 10, 20, 25, 50, 100];
    private static readonly int[] LabelStepsWithinYear = [1, 2, 3, 6];
    private static readonly TimeAxis[] PeriodColumns =
    [
        new("year", 1, 1), new("quarter", 1, 4), new("month", 1, 12), new("decade", 10, 1), new("month_of_year", 1, 1),
    ];

    /// <summary>The labels of periods that are numbered from 0, such as weekdays; null for periods whose label follows from their number.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>The name of a period in titles.</summary>
    public string PeriodName => Column.Replace('_', ' ');

    /// <summary>Returns the finest period among the columns, or null.</summary>
    internal static TimeAxis? Find(IReadOnlyList<Column> columns) =>
        PeriodColumns.OrderByDescending(time => time.PerYear).FirstOrDefault(time => columns.Any(column => column.Name == time.Column));

    /// <summary>Returns the number of a row's period.</summary>
    internal int ReadPeriod(DbDataReader row, int column)
    {
        if (PerYear == 1)
        {
            return checked((int)row.GetInteger(column));
        }

        // 2015-Q3, 2015-07.
        var text = row.GetString(column);
        var at = text.LastIndexOf('-');
        var year = int.Parse(text.AsSpan(0, at), CultureInfo.InvariantCulture);
        return (year * PerYear) + int.Parse(text.AsSpan(at + 1).TrimStart('Q'), CultureInfo.InvariantCulture) - 1;
    }

    public string GetLabel(int place) => PerYear switch
    {
        _ when Labels is not null => Labels[place],
        4 => string.Create(CultureInfo.InvariantCulture, $"{place / 4}-Q{(place % 4) + 1}"),
        12 => string.Create(CultureInfo.InvariantCulture, $"{place / 12}-{(place % 12) + 1:00}"),
        _ => place.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>Possible distances between labels that make labels round: months, whole years, decades.</summary>
    internal IEnumerable<int> LabelSteps => PerYear == 1
        ? LabelStepsOfYears.Where(step => step % Step == 0)
        : LabelStepsWithinYear.Where(part => part < PerYear && PerYear % part == 0).Concat(LabelStepsOfYears.Select(years => years * PerYear));
}
