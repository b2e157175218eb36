using CineLedger.Web.Dashboard.Charts;
using CineLedger.Web.Dashboard.Films;

namespace CineLedger.Web.Dashboard.Genres;

/// <summary>Two genres beside each other.</summary>
public sealed record GenreComparison(string Other, PageQuery Asked, ChartView Chart, TableView Table)
{
    public static async Task<GenreComparison> ReadAsync(PageRequest request, string name, string other, CancellationToken cancellationToken)
    {
        var (state, popularity) = (request.State, request.State.PopularityMeasure);
        var asked = new PageQuery
        {
            By = ["year", "genre"],
            Measures = ["revenue", "releases", popularity, "revenue_known"],
            Where = [PageQuery.Is("genre", name), PageQuery.Is("genre", other)],
        };
        string[] both = [name, other];
        var grid = GenreGrid.Of(await request.Ledger.QueryAsync(asked.Request(state), cancellationToken), "year", both);
        return new GenreComparison(
            other,
            asked,
            new ChartView(ChartKind.Lines, Unit.Money, grid.X, [.. both.Select(genre => new ChartSeries(genre, grid.Values(genre, "revenue")) { Notes = grid.Films(genre, "revenue_known") })])
            {
                Name = "compared",
                Description = $"Revenue by year of {name} and {other}.",
                Links = [.. grid.Periods.Select(year => FilmLinks.Behind(state, year, [.. both.Select(genre => ("genre", (string?)genre))]))],
            },
            new TableView(
                $"{name} and {other} by year",
                [
                    new("Year", Unit.Year), .. both.Select(genre => new TableColumn($"{genre}: revenue", Unit.Money)),
                    .. both.Select(genre => new TableColumn($"{genre}: films", Unit.Count)), .. both.Select(genre => new TableColumn($"{genre}: popularity", Unit.Measure)),
                ],
                [.. grid.Periods.Reverse().Select(year => new TableRow(
                [
                    new(year), .. both.Select(genre => At(year, genre, "revenue")), .. both.Select(genre => At(year, genre, "releases")), .. both.Select(genre => At(year, genre, popularity)),
                ]))]));

        Cell At(long year, string genre, string measure) => grid.Rows.TryGetValue((year, genre), out var row)
            ? new Cell(row[measure])
            {
                Link = FilmLinks.Behind(state, year, ("genre", genre)),
                Note = measure == "revenue" ? FormattableString.Invariant($"{genre}: known of {row["revenue_known"]:N0} of {Figures.Films(row.Whole("releases"))}") : genre,
            }
            : new Cell(null) { Note = $"{genre}: no film" };
    }
}
