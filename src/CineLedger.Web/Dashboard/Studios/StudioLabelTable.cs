using System.Globalization;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Reports.Queries;
using CineLedger.Reports.Studios;
using CineLedger.Web.Dashboard.Movies;

namespace CineLedger.Web.Dashboard.Studios;

/// <summary>The companies of a studio that released movies while it owned them.</summary>
public sealed record StudioLabelTable(TableView Table)
{
    public static async Task<StudioLabelTable> ReadAsync(PageRequest request, string studio, StudioCatalog studios, CancellationToken cancellationToken)
    {
        var state = request.State;
        var rows = await ReadRowsAsync(request, state, studio, cancellationToken);
        return new(new TableView(
            "Labels",
            [
                new("Company"), new("Owned"), new("Movies", Unit.Count) { Title = "released while the studio owned the company" }, new("Revenue", Unit.Money),
                new("Revenue known", Unit.Count), new("Sources"),
            ],
            [
                .. rows.Rows.Select(row =>
                {
                    var (company, first, last) = (row.GetText("company"), ParseDay(row.GetText("owned_from")), ParseDay(row.GetText("owned_to")));
                    var link = NameKind.Company.GetLink(state, company);
                    return new TableViewRow(
                    [
                        new(company) { Link = link }, new(OwnershipText.FormatYears(first, last)) { Note = OwnershipText.FormatDays(first, last) },
                        new(row["releases"]) { Link = GetMoviesLink(state, company, first, last) },
                        new(row["revenue"]) { Note = FormattableString.Invariant($"known for {row["revenue_known"]:N0} of {NumberFormat.FormatMovieCount(row.GetInteger("releases"))}") },
                        new(row["revenue_known"]), new(SourceLinks.CreateFragment(studios.FindSources(company, studio, first))),
                    ]);
                }),
            ])
        {
            EmptyText = "No company of the studio released movies in these years.",
        });
    }

    /// <summary>Returns the address of the movies that a company released in a time of ownership.</summary>
    private static string GetMoviesLink(PageState state, string company, DateOnly first, DateOnly last) => MovieLinks.GetListPath(
        state,
        [
            ("where", PageQuery.FilterByName("company", company)),
            ("where", first == PartialDate.Earliest ? null : first.ToString("'release_date>='yyyy-MM-dd", CultureInfo.InvariantCulture)),
            ("where", last == PartialDate.Latest ? null : last.ToString("'release_date<='yyyy-MM-dd", CultureInfo.InvariantCulture)),
            MovieLinks.GetDatedFilter(state),
        ]);

    /// <summary>Reads the rows of <see cref="StudioLabels"/> in the years of a state.</summary>
    internal static Task<ResultTable> ReadRowsAsync(PageRequest request, PageState state, string studio, CancellationToken cancellationToken)
    {
        string[] where = state.HasYearRange ? [.. state.YearFilters] : ["year is known"];
        var query = MovieList.CreateQuery([.. where.SelectMany(FilterFields.Parse)], state.Dollars);
        return request.Ledger.ReadTableAsync(
            string.Create(CultureInfo.InvariantCulture, $"labels of {studio} {string.Join(' ', where)} {state.Dollars}"),
            (connection, cancel) => StudioLabels.OpenAsync(connection, studio, query, request.Snapshot, cancel),
            cancellationToken);
    }

    internal static DateOnly ParseDay(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
