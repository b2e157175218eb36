using CineLedger.Reports;
using CineLedger.Reports.Queries;
using CineLedger.Web.Dashboard.Films;

namespace CineLedger.Web.Dashboard.Companies;

/// <summary>The films behind a company's numbers: those of the span, of one genre where that is asked for.</summary>
/// <param name="Genre">Null for all.</param>
/// <param name="First">The place of the first that is shown, from 1.</param>
/// <param name="HasMore">Whether others come after.</param>
public sealed record FilmFigure(TableView Table, string? Genre, int Part, int First, bool HasMore, Func<string?, string> FileAddress)
{
    private const int PartSize = 50;

    public static async Task<FilmFigure> ReadAsync(PageRequest request, string company, CancellationToken cancellationToken)
    {
        var (state, values) = (request.State, request.Values);
        var genre = values.Get(CompanyPages.Genre);
        var order = values.Get(CompanyPages.Order) ?? "revenue:desc";
        var part = values.Get(CompanyPages.Part) ?? 1;
        string[] where = [PageQuery.Is("company", company), .. genre is null ? Array.Empty<string>() : [PageQuery.Is("genre", genre)], .. state.SpanFilters];
        var query = MovieList.Query([.. where.SelectMany(FilterFields.Parse)], state.Dollars);
        var rows = await request.Ledger.MoviesAsync(query, [QueryOrder.Parse(order)], PartSize + 1, (part - 1) * PartSize, cancellationToken);
        var table = TableView.Of(
            "Films",
            [.. rows.Rows.Take(PartSize)],
            new DataColumn("title", "Title") { Link = row => FilmLinks.To(state, row.Whole("movie_id")) },
            new DataColumn("release_date", "Released"),
            new DataColumn("revenue", "Revenue", Unit.Money),
            new DataColumn("budget", "Budget", Unit.Money),
            new DataColumn("profit", "Matched profit", Unit.Money),
            new DataColumn("popularity", "Popularity", Unit.Measure),
            new DataColumn("vote_average", "Mean vote", Unit.Measure));
        return new FilmFigure(
            table with { Order = order, OrderLink = by => request.Here(("order", by == "revenue:desc" ? null : by), ("page", null)) + "#films", Empty = "No film fits." },
            genre,
            part,
            (part - 1) * PartSize + 1,
            rows.Rows.Count > PartSize,
            format => new PageState { Dollars = state.Dollars, Snapshot = request.Snapshot.Id }.Link(
                "/api/v1/movies", [.. where.Select(filter => ("where", (string?)filter)), ("order", order), ("format", format)]));
    }
}
