using CineLedger.Web.Dashboard.Charts;
using CineLedger.Web.Dashboard.Movies;

namespace CineLedger.Web.Dashboard.Genres;

/// <summary>A comparison of two genres.</summary>
public sealed record GenreComparison(string Other, PageQuery Query, ChartView Chart, TableView Table)
{
    public static async Task<GenreComparison> ReadAsync(PageRequest request, string name, string other, CancellationToken cancellationToken)
    {
        var (state, popularity) = (request.State, request.State.PopularityMeasure);
        var query = new PageQuery
        {
            By = ["year", "genre"],
            Measures = ["revenue", "releases", popularity, "revenue_known"],
            Where = [PageQuery.FilterByName("genre", name), PageQuery.FilterByName("genre", other)],
        };
        string[] both = [name, other];
        var grid = NameGrid.Create(await request.Ledger.QueryAsync(query.CreateRequest(state), cancellationToken), "year", "genre", both);
        return new GenreComparison(
            other,
            query,
            new ChartView(
                ChartViewKind.Lines,
                Unit.Money,
                grid.Labels,
                [.. both.Select(genre => new ChartViewSeries(genre, grid.GetValues(genre, "revenue")) { Notes = grid.GetMovieCounts(genre, "revenue_known") })])
            {
                Name = "compared",
                Description = $"Revenue of {name} and {other} by year.",
                Links = [.. grid.Periods.Select(year => MovieLinks.GetListPath(state, year, [.. both.Select(genre => ("genre", (string?)genre))]))],
            },
            new TableView(
                $"{name} and {other} by year",
                [
                    new("Year", Unit.Year), .. both.Select(genre => new TableViewColumn($"{genre}: revenue", Unit.Money)),
                    .. both.Select(genre => new TableViewColumn($"{genre}: movies", Unit.Count)),
                    .. both.Select(genre => new TableViewColumn($"{genre}: popularity", Unit.Measure)),
                ],
                [.. grid.Periods.Reverse().Select(year => new TableViewRow(
                [
                    new(year),
                    .. both.Select(genre => CreateCell(year, genre, "revenue")),
                    .. both.Select(genre => CreateCell(year, genre, "releases")),
                    .. both.Select(genre => CreateCell(year, genre, popularity)),
                ]))]));

        TableViewCell CreateCell(long year, string genre, string measure) => grid.Rows.TryGetValue((year, genre), out var row)
            ? new TableViewCell(row[measure])
            {
                Link = MovieLinks.GetListPath(state, year, ("genre", genre)),
                Note = measure == "revenue"
                    ? FormattableString.Invariant($"{genre}: known for {row["revenue_known"]:N0} of {NumberFormat.FormatMovieCount(row.GetInteger("releases"))}")
                    : genre,
            }
            : new TableViewCell(null) { Note = $"{genre}: no movies" };
    }
}
