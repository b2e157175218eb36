using CineLedger.Reports;
using CineLedger.Reports.Queries;
using CineLedger.Web.Dashboard.Charts;
using CineLedger.Web.Dashboard.Movies;

namespace CineLedger.Web.Dashboard.Entities;

/// <summary>The movies of a company, studio, genre, person or collection, by year and in total.</summary>
/// <param name="Kind">The kind of the name.</param>
/// <param name="Name">The name.</param>
/// <param name="Query">The query by year.</param>
/// <param name="Years">Its rows, the oldest first.</param>
/// <param name="Sums">The totals of the dated movies in the year range; null if there are none.</param>
public sealed record EntityYears(PageState State, NameKind Kind, string Name, PageQuery Query, ResultTable Years, ResultRow? Sums, Coverage Coverage)
{
    private const int MaxMovies = 10;

    /// <param name="request">The request for the page.</param>
    /// <param name="kind">The kind of the name.</param>
    /// <param name="name">The name.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <param name="more">Measures in addition to amounts, popularity and their numbers of movies.</param>
    public static async Task<EntityYears> ReadAsync(PageRequest request, NameKind kind, string name, CancellationToken cancellationToken, params IReadOnlyList<string> more)
    {
        var (state, ledger) = (request.State, request.Ledger);
        var query = new PageQuery
        {
            By = ["year", kind.Dimension],
            Measures = ["releases", "revenue", "budget", "matched_profit", state.PopularityMeasure, "revenue_known", "budget_known", "profit_known", .. more],
            Where = [PageQuery.FilterByName(kind.Dimension, name)],
        };
        var sumQuery = query with { By = [kind.Dimension], Where = [.. query.Where, "year is known"] };
        var (years, sums, coverage) = (
            ledger.QueryAsync(query.CreateRequest(state), cancellationToken),
            ledger.QueryAsync(sumQuery.CreateRequest(state), cancellationToken),
            ledger.ReadCoverageAsync(query.CreateRequest(state), cancellationToken));
        await Task.WhenAll(years, sums, coverage);
        return new(state, kind, name, query, await years, (await sums).Rows is [var sum] ? sum : null, await coverage);
    }

    /// <summary>The amounts and the number of movies, each with the movies behind it; none without movies.</summary>
    public IReadOnlyList<Fact> CreateFacts(string? moviesDetail = null)
    {
        if (Sums is not { } sums)
        {
            return [];
        }

        var of = State.Aggregate == Aggregate.Sum ? "" : $", {ReportOptionNames.GetTitle(State.Aggregate)}";
        var (movies, link) = (sums.GetInteger("releases"), Kind.GetMoviesLink(State, Name));
        return
        [
            CreateAmount("Revenue", "revenue", "revenue_known"),
            CreateAmount("Budget", "budget", "budget_known"),
            CreateAmount("Profit (both known)", "matched_profit", "profit_known"),
            new("Movies", movies, Unit.Count) { Detail = moviesDetail, Link = link },
        ];

        Fact CreateAmount(string title, string measure, string known) => new(title + of, sums[measure], Unit.Money)
        {
            Detail = $"known for {sums.GetInteger(known):N0} of {NumberFormat.FormatMovieCount(movies)} "
                + $"({NumberFormat.FormatShort(NumberFormat.GetPercent(sums.GetInteger(known), movies), Unit.Percent)})",
            Link = link,
        };
    }

    public FigureView CreateAmounts()
    {
        var amounts = AmountsByYear.Create(Years, $"{Kind.Dimension}-amounts", Name, Link);
        return new("amounts", "Revenue and budget", amounts.Table)
        {
            Chart = amounts.Chart,
            Query = Query,
            Notes = ["By year, with the number of movies for which each amount is known. A gap means that no amount is known, or that no movie was released.", GetRevenueCoverage()],
            ShowsTableBeside = false,
            IsShort = true,
        };
    }

    public FigureView CreatePopularity()
    {
        var measure = State.PopularityMeasure;
        return new(
            "popularity", "Popularity", AmountsByYear.CreateTable("Popularity by year", Years, Link, ResultColumn.Create(measure), ResultColumn.Create("releases")))
        {
            Chart = new ChartView(
                ChartViewKind.Lines,
                Unit.Measure,
                AmountsByYear.GetLabels(Years),
                [AmountsByYear.CreateLine(Years, MeasureDisplay.GetHeading(measure), measure, ChartColor.Foreground)])
            {
                Name = $"{Kind.Dimension}-popularity",
                Description = $"{MeasureDisplay.GetHeading(measure)} of {Name} by year, averaged over its movies.",
                Links = [.. Years.Rows.Select(Link)],
            }.WithEveryYear(),
            Query = Query,
            Notes = ["The average popularity of the movies of each year, which varies widely in years with few movies.", FigureNotes.GetPopularity(State)],
            IsShort = true,
        };
    }

    /// <summary>Reads the movies with the highest revenue.</summary>
    public async Task<FigureView> ReadMoviesAsync(PageRequest request, CancellationToken cancellationToken, string order = "revenue:desc", string title = "Top movies by revenue")
    {
        string[] where = [.. Query.Where, .. State.HasYearRange ? Array.Empty<string>() : ["year is known"]];
        var query = MovieList.CreateQuery([.. State.YearFilters.Concat(where).SelectMany(FilterFields.Parse)], State.Dollars);
        var movies = await request.Ledger.ReadMoviesAsync(query, [QueryOrder.Parse(order)], MaxMovies, 0, cancellationToken);
        return new("movies", title, MovieTable.Create(title, State, movies))
        {
            DownloadAddress = format => new PageState { From = State.From, To = State.To, Dollars = State.Dollars, Snapshot = request.Snapshot.Id }.GetLink(
                "/api/v1/movies", [.. where.Select(filter => ("where", (string?)filter)), ("order", order), ("format", format)]),
            Notes = ["Downloads contain all movies."],
            Links = Sums is { } sums ? [new($"All {NumberFormat.FormatMovieCount(sums.GetInteger("releases"))}", Kind.GetMoviesLink(State, Name))] : [],
            ShowsTableBeside = false,
        };
    }

    /// <summary>Says that few revenues are known; null if enough are.</summary>
    public string? GetRevenueCoverage() => Sums is { } sums ? FigureNotes.GetCoverage("Revenue", sums.GetInteger("revenue_known"), sums.GetInteger("releases")) : null;

    private string? Link(ResultRow row) => Kind.GetMoviesLink(State, Name, row.GetInteger("year"));
}
