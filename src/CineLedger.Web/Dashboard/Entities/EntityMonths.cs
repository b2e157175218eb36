using System.Globalization;
using CineLedger.Reports.Queries;
using CineLedger.Web.Dashboard.Charts;
using CineLedger.Web.Dashboard.Explore;
using CineLedger.Web.Dashboard.Movies;

namespace CineLedger.Web.Dashboard.Entities;

/// <summary>The typical revenue of the movies of one name by month of the year, all years taken together.</summary>
internal static class EntityMonths
{
    /// <summary>The number of movies with a known revenue that a month needs, as in rankings.</summary>
    public const int MinMovies = QueryRequest.DefaultMinMovies;

    /// <summary>The number of such months that the figure needs: a comparison of a few months does not show a season.</summary>
    public const int MinMonths = MonthsOfYear / 2;

    private const int MonthsOfYear = 12;
    private const string Median = "revenue_median";
    private const string Average = "revenue_avg";

    /// <summary>Reads the figure; none if too few months have enough movies.</summary>
    public static async Task<IReadOnlyList<FigureView>> ReadAsync(PageRequest request, NameKind kind, string name, CancellationToken cancellationToken)
    {
        var state = request.State;
        var query = new PageQuery
        {
            By = ["month_of_year"],
            Measures = ["revenue:median", "revenue:avg", "releases"],
            Where = [PageQuery.FilterByName(kind.Dimension, name), "revenue is known"],
        };
        var rows = (await request.Ledger.QueryAsync(query.CreateRequest(state), cancellationToken)).Rows;
        var known = rows.Where(row => row["month_of_year"] is not null && row.GetInteger("releases") >= MinMovies)
            .ToDictionary(row => row.GetInteger("month_of_year"));
        if (known.Count < MinMonths)
        {
            return [];
        }

        long[] months = [.. Enumerable.Range(1, MonthsOfYear).Select(month => (long)month)];
        var missing = months.Where(month => !known.ContainsKey(month)).Select(GetName).ToList();
        var figure = new FigureView(
            "revenue-by-month-of-year",
            "Best months to release",
            TableView.Create(
                "Revenue by month of the year",
                [.. known.OrderBy(month => month.Key).Select(month => month.Value)],
                new ResultColumn("month_of_year", "Month") { Format = month => GetName((long)month), Link = GetLink },
                new ResultColumn(Median, "Median revenue", Unit.Money) { Link = GetLink },
                new ResultColumn(Average, "Average revenue", Unit.Money) { Link = GetLink },
                new ResultColumn("releases", "Revenue known", Unit.Count) { Explanation = "movies with a known revenue", Link = GetLink }))
        {
            Chart = new ChartView(
                ChartViewKind.Bars,
                Unit.Money,
                [.. months.Select(month => CultureInfo.InvariantCulture.DateTimeFormat.GetAbbreviatedMonthName((int)month))],
                [
                    new ChartViewSeries("Median revenue", [.. months.Select(month => known.GetValueOrDefault(month)?.GetNumber(Median))])
                    {
                        Color = ChartColor.Revenue,
                        Notes = [.. months.Select(month => known.TryGetValue(month, out var row) ? NumberFormat.FormatMovieCount(row.GetInteger("releases")) : null)],
                    },
                ])
            {
                Name = $"{kind.Dimension}-months-of-year",
                Description = $"Median revenue of the movies of {name} by month of release, all years taken together.",
                Links = [.. months.Select(month => known.TryGetValue(month, out var row) ? GetLink(row) : null)],
            },
            Query = query,
            Notes =
            [
                $"The highest median: {Describe(known.Values.MaxBy(row => row.GetNumber(Median))!)}. The lowest: {Describe(known.Values.MinBy(row => row.GetNumber(Median))!)}.",
                "Half of the movies with a known revenue released in a month, all years shown taken together, earned more than its median.",
                state.Dollars is null ? "The amounts are in the dollars of each release year; Display converts them to those of one year." : null,
                missing.Count == 0 ? null : $"Not shown: {string.Join(", ", missing)}, with fewer than {MinMovies} movies with a known revenue.",
            ],
        };
        return [figure];

        string GetLink(ResultRow row) => MovieLinks.GetListPath(
            state, kind.GetFilter(name), ("where", string.Create(CultureInfo.InvariantCulture, $"month_of_year={row["month_of_year"]}")), ("where", "revenue is known"));
    }

    private static string GetName(long month) => ExploreAxis.GetMonthName(NumberFormat.FormatPlain(month)!);

    private static string Describe(ResultRow row) =>
        $"{GetName(row.GetInteger("month_of_year"))}, {NumberFormat.FormatShort(row[Median], Unit.Money)} ({NumberFormat.FormatMovieCount(row.GetInteger("releases"))})";
}
