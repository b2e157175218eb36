using CineLedger.Reports;
using CineLedger.Reports.Queries;
using CineLedger.Web.Dashboard.Movies;
using CineLedger.Web.Dashboard.Overview;

namespace CineLedger.Web.Dashboard.Years;

/// <summary>All data on the page of a year.</summary>
/// <param name="Previous">The year before with movies; null if there is none.</param>
/// <param name="Next">The next year with movies; null if there is none.</param>
/// <param name="Incomplete">Which months an incomplete year has; null for a complete one.</param>
/// <param name="Facts">The totals, compared with the year before; none without movies.</param>
/// <param name="Records">Sentences about the place of the year among all years.</param>
public sealed record YearModel(
    int Year, int? Previous, int? Next, string? Incomplete, IReadOnlyList<Fact> Facts, IReadOnlyList<StorySentence> Records, IReadOnlyList<FigureView> Figures, Coverage Coverage)
{
    private const int MaxNames = 10;

    private static readonly PageQuery YearQuery = new()
    {
        By = ["year"],
        Measures = ["releases", "revenue", "budget", "matched_profit", "revenue_known", "budget_known", "profit_known"],
        UsesYearRange = false,
    };

    public static async Task<YearModel> ReadAsync(PageRequest request, int year, CancellationToken cancellationToken)
    {
        var (state, ledger) = (request.State, request.Ledger);
        var ownYear = YearQuery with { UsesYearRange = true };
        var (years, coverage, studios, genres, companies, months, movies, weeks) = (
            ledger.QueryAsync(YearQuery.CreateRequest(state), cancellationToken),
            ledger.ReadCoverageAsync(ownYear.CreateRequest(state), cancellationToken),
            TopStudios.ReadAsync(request, MaxNames, cancellationToken),
            TopEarners.ReadAsync(request, NameKind.Genre, MaxNames, cancellationToken),
            TopEarners.ReadAsync(request, NameKind.Company, MaxNames, cancellationToken),
            YearMonths.ReadAsync(request, year, cancellationToken),
            ReadMoviesAsync(request, cancellationToken),
            YearWeeks.ReadAsync(request, year, cancellationToken));
        await Task.WhenAll(years, coverage, studios, genres, companies, months, movies, weeks);
        var byYear = (await years).Rows.ToDictionary(row => (int)row.GetInteger("year"));
        var own = byYear.GetValueOrDefault(year);
        FigureView?[] figures =
        [
            await months,
            await movies,
            (await studios)?.CreateFigure(request),
            (await genres).CreateFigure("top-genres", "Genres by revenue", FigureNotes.GetShare(state, "genres")),
            (await companies).CreateFigure("top-companies", "Top companies by revenue", FigureNotes.GetShare(state, "companies")),
            await weeks,
        ];
        return new(
            year,
            byYear.Keys.Where(other => other < year).Select(other => (int?)other).Max(),
            byYear.Keys.Where(other => other > year).Select(other => (int?)other).Min(),
            request.Years.IsComplete(year) ? null : request.Years.IncompleteReason,
            own is null ? [] : YearFacts.Create(request, own, byYear.GetValueOrDefault(year - 1)),
            own is null || state.Aggregate != Aggregate.Sum
                ? []
                : YearRecords.Create(year, [.. byYear.Where(of => request.Years.IsComplete(of.Key)).Select(of => StoryYear.Create(of.Value))]),
            own is null ? [] : [.. figures.OfType<FigureView>()],
            await coverage);
    }

    private static async Task<FigureView> ReadMoviesAsync(PageRequest request, CancellationToken cancellationToken)
    {
        var state = request.State;
        var query = MovieList.CreateQuery([.. state.YearFilters.SelectMany(FilterFields.Parse)], state.Dollars);
        var movies = await request.Ledger.ReadMoviesAsync(query, [new("revenue", IsDescending: true)], MaxNames, 0, cancellationToken);
        return new("movies", "Top movies by revenue", MovieTable.Create("Top movies by revenue", state, movies))
        {
            DownloadAddress = format => new PageState { From = state.From, To = state.To, Dollars = state.Dollars, Snapshot = request.Snapshot.Id }
                .GetLink("/api/v1/movies", ("order", "revenue:desc"), ("format", format)),
            Notes = ["Downloads contain all movies of the year."],
            Links = [new("All movies", MovieLinks.GetListPath(state))],
            ShowsTableBeside = false,
        };
    }
}
