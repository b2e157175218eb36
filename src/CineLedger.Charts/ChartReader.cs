using System.Data.Common;
using System.Globalization;
using CineLedger.Export;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Reports.Queries;

namespace CineLedger.Charts;

/// <summary>
/// Turns the rows of any result into series: the finest period becomes the axis, identifiers and texts distinguish the series, and one of the
/// numbers is drawn, or several with the same unit.
/// </summary>
public static class ChartReader
{
    /// <param name="query">The query.</param>
    /// <param name="rows">Its rows, in any order.</param>
    /// <param name="spec">The chart options.</param>
    /// <param name="getDefaultKind">Chooses the kind when the specification has none; null for lines, or bars if there is only one year.</param>
    /// <param name="years">The years of the ledger, which tell incomplete periods; null to mark none.</param>
    /// <exception cref="UsageException">The measure does not exist, or the kind is not suitable.</exception>
    /// <exception cref="NothingToDrawException">There is nothing to draw: no rows, or none with a known value.</exception>
    public static async Task<ChartData> ReadAsync(
        QueryRequest query, DbDataReader rows, ChartSpec spec, Func<int, int, ChartKind>? getDefaultKind, LedgerYears? years, CancellationToken cancellationToken)
    {
        var columns = QueryColumns.Get(query);
        var time = TimeAxis.Find(columns);
        var year = columns.ToList().FindIndex(column => column.Name == time?.Column);
        var dimensions = Enumerable.Range(0, columns.Count)
            .Where(i => i != year && columns[i].Kind is ColumnKind.Text or ColumnKind.Identifier)
            .ToArray();
        var first = ChartMeasure.Find(query, spec.Measure);
        var uses = spec.DrawsAllMeasures && (time is null) != (dimensions.Length == 0) ? ChartMeasure.FindSimilar(query, first) : [first];
        var measures = uses.Select(use => ChartMeasure.Create(use, query)).ToList();
        var places = uses.Select(use => columns.Select(column => column.Name).ToList().IndexOf(use.Column)).ToList();
        var found = new Dictionary<string, SeriesBuilder>(StringComparer.Ordinal);
        for (var row = 1; await rows.ReadAsync(cancellationToken).ConfigureAwait(false); row++)
        {
            if (row > spec.MaxRows)
            {
                throw new UsageException(
                    string.Create(CultureInfo.InvariantCulture, $"--by: the result has more than {spec.MaxRows:N0} rows to draw; add a filter, or use fewer dimensions."));
            }

            var names = dimensions.Select(i => rows.IsDBNull(i) ? DisplayFormatter.Unknown : ReadName(rows, i, columns[i].Kind)).ToArray();
            for (var i = 0; i < uses.Count; i++)
            {
                // Without names, each measure is a series; without time, each is a value of its name.
                var own = time is not null && uses.Count > 1 ? [ReportOptionNames.ToHeading(measures[i].Title)] : names;
                var key = string.Join('\n', own);
                if (!found.TryGetValue(key, out var series))
                {
                    found.Add(key, series = new SeriesBuilder(own));
                }

                if (!rows.IsDBNull(places[i]) && ReadValue(rows, places[i], columns[places[i]].Kind) is var value && double.IsFinite(value)
                    && (year < 0 || !rows.IsDBNull(year)))
                {
                    series.Values[year < 0 ? i : time!.ReadPeriod(rows, year)] = value;
                }
            }
        }

        var data = Build(
            measures,
            time is not null && uses.Count > 1 ? ["measure"] : [.. dimensions.Select(i => columns[i].Name)],
            [.. found.Values],
            time,
            spec,
            getDefaultKind ?? ((_, years) => years > 1 ? ChartKind.Line : ChartKind.Bar)).Check();
        return years is null ? data : data.MarkIncomplete(years);
    }

    private static ChartData Build(
        List<ChartMeasure> measures, string[] dimensions, SeriesBuilder[] found, TimeAxis? time, ChartSpec spec, Func<int, int, ChartKind> getDefaultKind)
    {
        if (found.Length == 0)
        {
            throw new NothingToDrawException("nothing to draw: the result has no rows; choose other years or names.");
        }

        var isOne = measures.Count == 1;
        var measure = isOne ? measures[0] : measures[0] with { Title = string.Join(" and ", measures.Select(one => one.Title)), IsAdditive = false };

        // A value that all rows share does not distinguish series.
        var telling = Enumerable.Range(0, dimensions.Length).Where(i => found.Any(series => series.Names[i] != found[0].Names[i])).ToArray();
        var common = Enumerable.Range(0, dimensions.Length).Except(telling).Select(i => found[0].Names[i]).ToArray();
        var ordered = found
            .Where(series => series.Values.Count > 0)
            .Select(series => (series.Values, Name: string.Join(" · ", telling.Length > 0 ? telling.Select(i => series.Names[i]) : series.Names)))
            .OrderByDescending(series => isOne ? series.Values.Values.Sum() / (measure.IsAdditive ? 1 : series.Values.Count) : series.Values.GetValueOrDefault(0))
            .ThenBy(series => isOne || time is null ? series.Name : "", StringComparer.Ordinal)
            .ToList();
        if (ordered.Count == 0)
        {
            throw new NothingToDrawException($"nothing to draw: {measure.Title} is unknown in all rows of the result.");
        }

        var yearsOfAll = ordered.SelectMany(series => series.Values.Keys).Distinct().Count();
        var kind = spec.Kind ?? getDefaultKind(ordered.Count, time is null ? 0 : yearsOfAll);
        var isGrouped = !isOne && time is not null && kind == ChartKind.Bar;
        var top = ordered.Take(spec.Top ?? GetDefaultTop(kind)).ToList();
        var rest = kind == ChartKind.Stacked && measure.IsAdditive ? ordered.Skip(top.Count).ToList() : [];

        // Bars with totals cover the years of all series, not only of the largest ones.
        var drawn = (kind == ChartKind.Bar && top.Count > 1 ? ordered : top.Concat(rest)).SelectMany(series => series.Values.Keys).ToList();
        int[] years = time is null ? [] : [.. Enumerable.Range(0, ((drawn.Max() - drawn.Min()) / time.Step) + 1).Select(i => drawn.Min() + (i * time.Step))];
        int[] places = time is null ? [.. Enumerable.Range(0, measures.Count)] : years;
        var others = places.Select(place => Sum(rest.Where(series => series.Values.ContainsKey(place)).Select(series => series.Values[place])));
        return new ChartData(
            measure,
            kind,
            time,
            years,
            [.. top.Select(series => new ChartSeries(series.Name, [.. places.Select(place => series.Values.TryGetValue(place, out var value) ? value : (double?)null)]))],
            rest.Count == 0 ? null : new ChartSeries(string.Create(CultureInfo.InvariantCulture, $"{rest.Count:N0} other{(rest.Count == 1 ? "" : "s")}"), [.. others]),
            found.Length,
            ordered.Count,
            [.. telling.Select(i => dimensions[i]).Except(["measure"])],
            telling.Length > 0 ? common : [])
        {
            Parts = isOne || time is not null ? [] : [.. measures.Select(one => ReportOptionNames.ToHeading(one.Title))],
            IsGrouped = isGrouped,
        };
    }

    private static double? Sum(IEnumerable<double> values)
    {
        double? sum = null;
        foreach (var value in values)
        {
            sum = (sum ?? 0) + value;
        }

        return sum;
    }

    private static int GetDefaultTop(ChartKind kind) => kind switch
    {
        ChartKind.Line or ChartKind.Stacked => ChartPalette.Colors,
        _ => 20,
    };

    private static string ReadName(DbDataReader rows, int column, ColumnKind kind) =>
        kind == ColumnKind.Text ? ChartLabels.Clean(rows.GetString(column)) : rows.GetInteger(column).ToString(CultureInfo.InvariantCulture);

    private static double ReadValue(DbDataReader rows, int column, ColumnKind kind) =>
        kind == ColumnKind.Number ? rows.GetDouble(column) : rows.GetInteger(column);

    /// <summary>A series while its rows are read.</summary>
    private sealed record SeriesBuilder(string[] Names)
    {
        public Dictionary<int, double> Values { get; } = [];
    }
}

/// <summary>A result has no rows, or none with a known value.</summary>
public sealed class NothingToDrawException(string message) : LedgerException(message);
