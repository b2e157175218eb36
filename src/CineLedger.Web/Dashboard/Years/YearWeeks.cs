using System.Globalization;
using CineLedger.Reports;
using CineLedger.Reports.Queries;
using CineLedger.Web.Dashboard.Movies;

namespace CineLedger.Web.Dashboard.Years;

/// <summary>The weeks of release, from Monday to Sunday, whose movies earned the most.</summary>
internal static class YearWeeks
{
    private const int MaxWeeks = 10;
    private const int DaysOfWeek = 7;

    /// <summary>Reads the figure; null if no movie with a date has a known revenue.</summary>
    public static async Task<FigureView?> ReadAsync(PageRequest request, int year, CancellationToken cancellationToken)
    {
        var state = request.State;
        string[] where = [.. state.YearFilters, "revenue is known", "release_date is known"];
        var movies = await request.Ledger.ReadMoviesAsync(
            MovieList.CreateQuery([.. where.SelectMany(FilterFields.Parse)], state.Dollars), [new("revenue", IsDescending: true)], null, 0, cancellationToken);
        var weeks = movies.Rows.GroupBy(row => GetMonday(row.GetText("release_date")))
            .Select(week => (Monday: week.Key, Revenue: week.Sum(row => row.GetNumber("revenue") ?? 0), Movies: week.ToList()))
            .OrderByDescending(week => week.Revenue).ThenBy(week => week.Monday).Take(MaxWeeks).ToList();
        return weeks.Count == 0 ? null : new(
            "best-weeks",
            "Best release weeks",
            new TableView(
                "Release weeks by revenue",
                [new("Week"), new("Revenue", Unit.Money), new("Revenue known", Unit.Count) { Title = "movies with a known revenue" }, new("Top movie")],
                [
                    .. weeks.Select(week => new TableViewRow(
                    [
                        new(FormatWeek(week.Monday)), new(week.Revenue) { Link = GetLink(week.Monday) }, new((long)week.Movies.Count) { Link = GetLink(week.Monday) },
                        new(week.Movies[0]["title"]) { Link = MovieLinks.GetMoviePath(state, week.Movies[0].GetInteger("movie_id")) },
                    ])),
                ]))
        {
            Notes = [FormattableString.Invariant($"The weeks of {year}, from Monday to Sunday, whose new movies earned the most, whenever they earned it.")],
            ShowsTableBeside = false,
        };

        string GetLink(DateOnly monday) => MovieLinks.GetListPath(
            state, ("where", "revenue is known"), ("where", FormattableString.Invariant($"release_date={monday:yyyy-MM-dd}..{monday.AddDays(DaysOfWeek - 1):yyyy-MM-dd}")));
    }

    private static DateOnly GetMonday(string date)
    {
        var day = DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        return day.AddDays(-(((int)day.DayOfWeek + DaysOfWeek - 1) % DaysOfWeek));
    }

    private static string FormatWeek(DateOnly monday) => string.Create(CultureInfo.InvariantCulture, $"{monday:d MMM} to {monday.AddDays(DaysOfWeek - 1):d MMM}");
}
