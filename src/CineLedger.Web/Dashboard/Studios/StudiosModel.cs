using CineLedger.Reports;
using CineLedger.Web.Dashboard.Charts;

namespace CineLedger.Web.Dashboard.Studios;

/// <summary>All studios in the year range: market shares, ranks and growth.</summary>
public sealed record StudiosModel
{
    public required StudioMarket Market { get; init; }
    public required Coverage Coverage { get; init; }
    public required IReadOnlyList<Fact> Facts { get; init; }
    public required StudioCharts Charts { get; init; }
    public required ChartView Shares { get; init; }
    public required TableView Table { get; init; }
    public required IReadOnlyList<string> Genres { get; init; }

    /// <summary>How the genres in the address were read, unless they are those of the ledger.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    public static async Task<StudiosModel> ReadAsync(PageRequest request, CancellationToken cancellationToken)
    {
        var ledger = request.Ledger;
        var (isAsNamed, genres) = (request.Values.Get(StudioParameters.AsNamed), request.Values.Get(StudioParameters.Genres));
        var written = new PageQuery { Measures = ["releases"], Where = [.. genres.Select(genre => PageQuery.Filter("genre", genre))] };
        var resolved = await ledger.ResolveAsync(written.CreateRequest(new PageState()), cancellationToken);
        genres = [.. resolved.Query.Where.Select(filter => (string)filter.Value!)];
        var market = await StudioMarket.ReadAsync(request, isAsNamed, genres, cancellationToken);
        var charts = new StudioCharts(request, market, StudioParameters.GetTop(request));
        var all = market.TotalQuery.CreateRequest(StudioMarket.UseTotals(request.State));
        return new StudiosModel
        {
            Market = market,
            Coverage = await ledger.ReadCoverageAsync(all, cancellationToken),
            Facts = await ReadFactsAsync(request, market, cancellationToken),
            Charts = charts,
            Shares = charts.CreateShares(StudioParameters.GetChartKind(request)),
            Table = CreateTable(request.State, market),
            Genres = [.. (await ledger.ReadNamesAsync("genre", new NameFilter(), cancellationToken)).Rows.Select(row => row.GetText("name"))],
            Notes = resolved.Notes,
        };
    }

    private static async Task<IReadOnlyList<Fact>> ReadFactsAsync(PageRequest request, StudioMarket market, CancellationToken cancellationToken)
    {
        var owned = market.Query with { By = [], Measures = ["revenue", "releases", "revenue_known"], Where = [.. market.TotalQuery.Where, "studio is known", "year is known"] };
        var sums = (await request.Ledger.QueryAsync(owned.CreateRequest(StudioMarket.UseTotals(request.State)), cancellationToken)).Rows[0];
        var (movies, revenue) = (market.Sum("releases") ?? 0, market.Sum("revenue") ?? 0);
        var name = market.IsAsNamed ? "company" : "studio";
        return
        [
            new("Revenue of all movies", market.Sum("revenue"), Unit.Money)
            {
                Detail = FormattableString.Invariant($"known for {market.Sum("revenue_known") ?? 0:N0} of {NumberFormat.FormatMovieCount(movies)}"),
            },
            new($"Revenue with a {name}", NumberFormat.GetPercent(sums["revenue"] as long? ?? 0, revenue), Unit.Percent)
            {
                Detail = FormattableString.Invariant($"{NumberFormat.FormatShort(sums["revenue"], Unit.Money)}, each movie counted once"),
            },
            new($"Movies with a {name}", NumberFormat.GetPercent(sums.GetInteger("releases"), movies), Unit.Percent)
            {
                Detail = FormattableString.Invariant($"{sums.GetInteger("releases"):N0} of {movies:N0}; revenue known for {sums.GetInteger("revenue_known"):N0}"),
            },
        ];
    }

    private static TableView CreateTable(PageState state, StudioMarket market)
    {
        var (revenue, releases) = (market.Sum("revenue") ?? 0, market.Sum("releases") ?? 0);
        TableViewColumn[] growth = market.Growth is { } years
            ?
            [
                new(years.Earlier, Unit.Money) { Title = $"revenue in {years.Earlier}" }, new(years.Later, Unit.Money) { Title = $"revenue in {years.Later}" },
                new("Growth", Unit.Percent) { Title = $"revenue in {years.Later} compared with {years.Earlier}" },
            ]
            : [];
        return new TableView(
            market.IsAsNamed ? "Largest companies" : "All studios",
            [
                new(market.IsAsNamed ? "Company" : "Studio"),
                new("Revenue", Unit.Money) { Name = "revenue" },
                new("Share of revenue", Unit.Percent) { Title = "of the revenue of all movies of these years, each counted once" },
                .. growth,
                new("Movies", Unit.Count),
                new("Share of movies", Unit.Percent) { Title = "of all movies of these years" },
                new("Coverage", Unit.Percent) { Title = "movies with a known revenue, as a percentage of the movies" },
            ],
            [
                .. market.Studios.Select(studio =>
                {
                    var movies = StudioLinks.GetMoviesLink(state, studio.Name, market);
                    return new TableViewRow(
                    [
                        new(studio.Name) { Link = StudioLinks.GetLink(state, studio.Name, market) },
                        new(studio.Revenue) { Link = movies, Note = studio.KnownNote },
                        new(studio.Revenue is { } amount ? NumberFormat.GetPercent(amount, revenue) : null) { Note = $"of {NumberFormat.FormatShort(revenue, Unit.Money)}" },
                        .. growth.Length == 0 ? Array.Empty<TableViewCell>() : [new(studio.Earlier), new(studio.Later), new(studio.Growth)],
                        new(studio.Releases) { Link = movies },
                        new(NumberFormat.GetPercent(studio.Releases, releases)) { Note = FormattableString.Invariant($"of {releases:N0}") },
                        new(NumberFormat.GetPercent(studio.Known, studio.Releases)) { Note = studio.KnownNote },
                    ]);
                }),
            ])
        {
            Order = "revenue:desc",
        };
    }
}
