using CineLedger.Reports;
using CineLedger.Reports.Queries;
using CineLedger.Web.Dashboard.Movies;

namespace CineLedger.Web.Dashboard.Companies;

/// <summary>The movies behind the numbers of a company: those of the year range, optionally of one genre.</summary>
/// <param name="Genre">The genre; null for all.</param>
/// <param name="First">The position of the first movie on the page, from 1.</param>
/// <param name="HasMore">Whether there is a next page.</param>
public sealed record CompanyMovies(TableView Table, string? Genre, int Page, int First, bool HasMore, Func<string?, string> DownloadAddress)
{
    private const int PageSize = 50;

    public static async Task<CompanyMovies> ReadAsync(PageRequest request, string company, CancellationToken cancellationToken)
    {
        var (state, values) = (request.State, request.Values);
        var genre = values.Get(CompanyPages.Genre);
        var order = values.Get(CompanyPages.Order) ?? "revenue:desc";
        var part = values.Get(CompanyPages.PageNumber) ?? 1;
        string[] genreFilter = genre is null ? [] : [PageQuery.FilterByName("genre", genre)];
        string[] where = [PageQuery.FilterByName("company", company), .. genreFilter, .. state.YearFilters];
        var query = MovieList.CreateQuery([.. where.SelectMany(FilterFields.Parse)], state.Dollars);
        var rows = await request.Ledger.ReadMoviesAsync(query, [QueryOrder.Parse(order)], PageSize + 1, (part - 1) * PageSize, cancellationToken);
        var table = TableView.Create(
            "Movies",
            [.. rows.Rows.Take(PageSize)],
            new ResultColumn("title", "Title") { Link = row => MovieLinks.GetMoviePath(state, row.GetInteger("movie_id")) },
            ResultColumn.CreateReleased(),
            new ResultColumn("revenue", "Revenue", Unit.Money),
            new ResultColumn("budget", "Budget", Unit.Money),
            new ResultColumn("profit", "Profit", Unit.Money),
            new ResultColumn("popularity", "Popularity", Unit.Measure),
            new ResultColumn("vote_average", "Average vote", Unit.Measure));
        return new CompanyMovies(
            table with { Order = order, OrderLink = by => request.GetAddress(("order", by == "revenue:desc" ? null : by), ("page", null)) + "#movies" },
            genre,
            part,
            (part - 1) * PageSize + 1,
            rows.Rows.Count > PageSize,
            format => new PageState { Dollars = state.Dollars, Snapshot = request.Snapshot.Id }.GetLink(
                "/api/v1/movies", [.. where.Select(filter => ("where", (string?)filter)), ("order", order), ("format", format)]));
    }
}
