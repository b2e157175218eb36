using CineLedger.Reports;
using CineLedger.Web.Dashboard.Charts;
using CineLedger.Web.Dashboard.Entities;
using CineLedger.Web.Dashboard.Movies;
using CineLedger.Web.Dashboard.Overview;

namespace CineLedger.Web.Dashboard.Genres;

/// <summary>Reads the page of one genre.</summary>
internal static class GenreModel
{
    private const int MaxCompanies = 10;

    /// <summary>Returns the names of all genres.</summary>
    public static async Task<IReadOnlyList<string>> ReadNamesAsync(PageRequest request, CancellationToken cancellationToken) =>
        [.. (await request.Ledger.ReadNamesAsync("genre", new NameFilter(), cancellationToken)).Rows.Select(row => row.GetText("name"))];

    public static async Task<EntityModel> ReadAsync(PageRequest request, string name, CancellationToken cancellationToken)
    {
        var (state, kind) = (request.State, NameKind.Genre);
        var rank = $"rank_{state.PopularityMeasure}";
        var (years, movies, companies, months) = (
            EntityYears.ReadAsync(request, kind, name, cancellationToken, $"rank:{state.PopularityMeasure}"),
            request.Ledger.QueryAsync(new PageQuery { By = ["year"], Measures = ["releases"] }.CreateRequest(state), cancellationToken),
            TopEarners.ReadAsync(request, NameKind.Company, MaxCompanies, cancellationToken, (kind, name)),
            EntityMonths.ReadAsync(request, kind, name, cancellationToken));
        await Task.WhenAll(years, movies, companies, months);
        var (read, all) = (await years, (await movies).Rows.ToDictionary(row => row.GetInteger("year"), row => row.GetInteger("releases")));
        return new EntityModel(kind, name)
        {
            Facts = CreateFacts(read, all.Values.Sum(), rank),
            Figures =
            [
                read.CreateAmounts(),
                .. await months,
                CreateShare(read, all),
                read.CreatePopularity(),
                CreateRanks(read, rank),
                (await companies).CreateFigure("top-companies", "Top companies in this genre", FigureNotes.GetShare(state, "companies")),
                await read.ReadMoviesAsync(request, cancellationToken),
            ],
            Coverage = read.Coverage,
        };
    }

    private static IReadOnlyList<Fact> CreateFacts(EntityYears years, long all, string rank) => years.Sums is not { } sums
        ? []
        :
        [
            .. years.CreateFacts(
                $"{NumberFormat.FormatShort(NumberFormat.GetPercent(sums.GetInteger("releases"), all), Unit.Percent)} of {NumberFormat.FormatMovieCount(all)}"),
            new("Popularity", sums[years.State.PopularityMeasure], Unit.Measure)
            {
                Detail = FormattableString.Invariant($"rank {sums[rank]} among the genres"),
                Link = years.State.GetLink("/genres"),
            },
        ];

    private static FigureView CreateShare(EntityYears years, Dictionary<long, long> all)
    {
        var grid = NameGrid.Create(years.Years, "year", "genre", [years.Name]);
        return new(
            "share-of-movies",
            "Share of all movies",
            new TableView(
                "Movies by year",
                [new("Year", Unit.Year), new("Movies", Unit.Count), new("All movies", Unit.Count), new("Share", Unit.Percent)],
                [.. years.Years.Rows.Reverse().Select(row => (Row: row, Year: row.GetInteger("year"))).Select(of => new TableViewRow(
                [
                    new(of.Year) { Link = Link(of.Year) },
                    new(of.Row["releases"]) { Link = Link(of.Year) }, new(all[of.Year]) { Link = MovieLinks.GetListPath(years.State, of.Year) }, new(GetShare(of.Row)),
                ]))]))
        {
            Chart = new ChartView(
                ChartViewKind.Bars,
                Unit.Percent,
                grid.Labels,
                [new ChartViewSeries("Share of all movies", grid.GetValues(years.Name, GetShare)) { Color = ChartColor.Foreground, Notes = grid.GetMovieCounts(years.Name) }])
            {
                Name = "share-of-movies",
                IsShareOfMovies = true,
                Description = "Movies of the genre by year, as a percentage of all movies of the year.",
                Links = [.. grid.Periods.Select(Link)],
            },
            Query = years.Query,
            Notes = ["The genre's share of each year's movies."],
            IsShort = true,
        };

        double? GetShare(ResultRow row) => NumberFormat.GetPercent(row.GetInteger("releases"), all[row.GetInteger("year")]);

        string Link(long year) => years.Kind.GetMoviesLink(years.State, years.Name, year);
    }

    private static FigureView CreateRanks(EntityYears years, string rank)
    {
        var grid = NameGrid.Create(years.Years, "year", "genre", [years.Name]);
        return new(
            "rank",
            "Rank among genres",
            AmountsByYear.CreateTable(
                "Rank by year",
                years.Years,
                row => (years.State with { From = (int)row.GetInteger("year"), To = (int)row.GetInteger("year") }).GetLink("/genres"),
                new ResultColumn(rank, "Rank", Unit.Count) { Explanation = "among the genres of the year" }))
        {
            Chart = new ChartView(
                ChartViewKind.Bump,
                Unit.Count,
                grid.Labels,
                [new ChartViewSeries("Rank", grid.GetValues(years.Name, rank)) { Color = ChartColor.Foreground, Notes = grid.GetMovieCounts(years.Name) }])
            {
                Name = "rank",
                Description = "Rank of the genre by year, 1 at the top.",
                Links = [.. grid.Periods.Select(year => years.Kind.GetMoviesLink(years.State, years.Name, year))],
            },
            Query = years.Query,
            Notes = ["The rank by popularity among the genres of the year, the most popular genre on top."],
            IsShort = true,
        };
    }
}
