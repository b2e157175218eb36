using CineLedger.Reports.Queries;
using CineLedger.Web.Dashboard.Charts;

namespace CineLedger.Web.Dashboard.Overview;

/// <summary>The most popular genre of each year. Genres with few movies in a year, and incomplete years, are not ranked.</summary>
public static class MostPopularGenres
{
    /// <summary>The number of movies that a genre needs in a year to be its most popular one.</summary>
    public const int MinMovies = QueryRequest.DefaultMinMovies;

    /// <summary>Creates the query: all genres by year.</summary>
    public static PageQuery CreateQuery(PageState state) => new()
    {
        By = ["year", "genre"],
        Measures = [state.PopularityMeasure, "releases"],
        Order = ["year:desc", $"{state.PopularityMeasure}:desc"],
    };

    /// <summary>Creates the figure; null if no year has a genre with enough movies.</summary>
    public static FigureView? Create(PageRequest request, PageQuery query, ResultTable rows)
    {
        var (state, measure) = (request.State, request.State.PopularityMeasure);
        ResultRow[] leaders =
        [
            .. rows.Rows.Where(row => row.GetInteger("releases") >= MinMovies && row.GetNumber(measure) is not null && request.IsRanked(row.GetInteger("year")))
                .GroupBy(row => row.GetInteger("year")).OrderBy(year => year.Key).Select(year => year.MaxBy(row => row.GetNumber(measure))!),
        ];

        // The genre that was most popular in the most years is at the top.
        var genres = leaders.GroupBy(row => row.GetText("genre")).OrderByDescending(genre => genre.Count()).ThenBy(genre => genre.Key, StringComparer.Ordinal).ToList();
        return leaders.Length == 0 ? null : new(
            "most-popular-genres",
            "Most popular genre by year",
            TableView.Create(
                "Most popular genre by year",
                [.. leaders.Reverse()],
                new ResultColumn("year", "Year", Unit.Year) { Link = row => state.ForOtherPages.WithoutYears.GetLink(PageState.GetYearPath(row.GetInteger("year"))) },
                new ResultColumn("genre", "Genre") { Link = row => NameKind.Genre.GetLink(state, row.GetText("genre")) },
                new ResultColumn(measure, "Popularity", Unit.Measure) { Explanation = "the average over the genre's movies of the year", Link = GetMoviesLink },
                ResultColumn.Create("releases") with { Link = GetMoviesLink }))
        {
            Chart = new ChartView(
                ChartViewKind.Marks,
                Unit.Measure,
                [.. leaders.Select(row => NumberFormat.FormatExact(row["year"], Unit.Year))],
                [.. genres.Select(genre => new ChartViewSeries(genre.Key, [.. leaders.Select(row => row.GetText("genre") == genre.Key ? row.GetNumber(measure) : null)]))])
            {
                Name = "most-popular-genres",
                Description = "The most popular genre of each year.",
                Height = ChartHeight.Tall,
            },
            Query = query,
            Notes =
            [
                FormattableString.Invariant($"By the average popularity of the genre's movies, of genres with at least {MinMovies} movies in the year. Downloads contain all genres."),
                FigureNotes.GetPopularity(state), FigureNotes.GetUnranked(request),
            ],
            Links = FigureNotes.GetUnrankedLinks(request),
            IsShort = true,
        };

        string GetMoviesLink(ResultRow row) => NameKind.Genre.GetMoviesLink(state, row.GetText("genre"), row.GetInteger("year"));
    }
}
