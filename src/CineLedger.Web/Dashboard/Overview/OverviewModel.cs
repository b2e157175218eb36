using System.Globalization;
using CineLedger.Reports;
using CineLedger.Web.Dashboard.Charts;
using CineLedger.Web.Dashboard.Movies;
using CineLedger.Web.Dashboard.Studios;

namespace CineLedger.Web.Dashboard.Overview;

/// <summary>All data on the overview.</summary>
public sealed record OverviewModel
{
    /// <summary>The number of top companies and genres.</summary>
    private const int MaxPlaces = 10;

    private static readonly PageQuery YearQuery = new()
    {
        By = ["year"],
        Measures = ["releases", "budget", "revenue", "matched_profit", "budget_known", "revenue_known", "profit_known"],
    };

    /// <summary>The totals of the same movies: those with a release date.</summary>
    private static readonly PageQuery SumQuery = YearQuery with { By = [], Where = ["year is known"] };

    public required string? YearRange { get; init; }
    public required Coverage Coverage { get; init; }
    public required IReadOnlyList<Fact> Sums { get; init; }
    public required OverviewYears Years { get; init; }
    public PageQuery YearsQuery { get; } = YearQuery;

    /// <summary>Null without studios.</summary>
    public required TopStudios? Studios { get; init; }

    public required TopEarners Companies { get; init; }

    public required TopEarners Genres { get; init; }

    /// <summary>Null if no genre has enough movies in a year.</summary>
    public required FigureView? MostPopular { get; init; }

    public required LatestChanges Changes { get; init; }

    public required IReadOnlyList<StorySentence> Story { get; init; }

    public static async Task<OverviewModel> ReadAsync(PageRequest request, CancellationToken cancellationToken)
    {
        var (state, ledger) = (request.State, request.Ledger);
        var genreQuery = MostPopularGenres.CreateQuery(state);
        var (years, sums, coverage, changes, studios, companies, genres, genreYears) = (
            ledger.QueryAsync(YearQuery.CreateRequest(state), cancellationToken),
            ledger.QueryAsync(SumQuery.CreateRequest(state), cancellationToken),
            ledger.ReadCoverageAsync(YearQuery.CreateRequest(state), cancellationToken),
            LatestChanges.ReadAsync(request, cancellationToken),
            TopStudios.ReadAsync(request, MaxPlaces, cancellationToken),
            TopEarners.ReadAsync(request, NameKind.Company, MaxPlaces, cancellationToken),
            TopEarners.ReadAsync(request, NameKind.Genre, MaxPlaces, cancellationToken),
            ledger.QueryAsync(genreQuery.CreateRequest(state), cancellationToken));
        await Task.WhenAll(years, sums, coverage, changes, studios, companies, genres, genreYears);
        return new OverviewModel
        {
            YearRange = GetSpan(state, await years),
            Coverage = await coverage,
            Sums = CreateSums(state, (await sums).Rows[0]),
            Years = OverviewYears.Create(request, await years),
            Studios = await studios,
            Companies = await companies,
            Genres = await genres,
            MostPopular = MostPopularGenres.Create(request, genreQuery, await genreYears),
            Changes = await changes,
            Story = state.Aggregate == Aggregate.Sum ? CreateStory(request, await years, (await studios)?.Market, await genreYears) : [],
        };
    }

    private static IReadOnlyList<StorySentence> CreateStory(PageRequest request, ResultTable years, StudioMarket? market, ResultTable genres) => Overview.Story.Create(
        [
            .. years.Rows.Where(row => request.Years.IsComplete(row.GetInteger("year"))).Select(StoryYear.Create),
        ],
        CreateNames(market?.Grid.Rows.Values ?? [], "studio", "revenue", "revenue_known"),
        CreateNames(genres.Rows, "genre", "releases", "releases"),
        genre => NameKind.Genre.GetLink(request.State, genre) + "#share-of-movies");

    private static IReadOnlyList<StoryName> CreateNames(IEnumerable<ResultRow> rows, string dimension, string value, string movies) =>
    [
        .. rows.GroupBy(row => row.GetText(dimension)).Select(name => new StoryName(
            name.Key, name.ToDictionary(row => (int)row.GetInteger("year"), row => (row.GetNumber(value) ?? 0, row.GetInteger(movies))))),
    ];

    /// <summary>Returns the years shown; null if no movie has a release date.</summary>
    private static string? GetSpan(PageState state, ResultTable years) => MovieListPage.FormatSpan(years.Rows.Count == 0
        ? state
        : state with { From = state.From ?? (int)years.Rows[0].GetInteger("year"), To = state.To ?? (int)years.Rows[^1].GetInteger("year") });

    private static Fact[] CreateSums(PageState state, ResultRow sums)
    {
        var of = state.Aggregate == Aggregate.Sum ? "" : $", {ReportOptionNames.GetTitle(state.Aggregate)}";
        return
        [
            CreateAmount("Revenue", "revenue", "revenue_known"),
            CreateAmount("Budget", "budget", "budget_known"),
            CreateAmount("Profit (both known)", "matched_profit", "profit_known"),
            new("Movies", sums["releases"], Unit.Count) { Detail = "each counted once", Link = MovieLinks.GetListPath(state, MovieLinks.GetDatedFilter(state)) },
        ];

        Fact CreateAmount(string name, string measure, string known) => new(name + of, sums[measure], Unit.Money)
        {
            Detail = $"known for {NumberFormat.FormatMovieCount(sums.GetInteger(known))}",
            Link = MovieLinks.GetListPath(state, MovieLinks.GetDatedFilter(state)),
        };
    }
}

/// <summary>Revenue, budget, profit and releases by year.</summary>
public sealed record OverviewYears(ChartView Amounts, ChartView Profit, ChartView Releases, TableView AmountTable, TableView ProfitTable, TableView ReleaseTable)
{
    public static OverviewYears Create(PageRequest request, ResultTable years)
    {
        string[] x = [.. years.Rows.Select(row => NumberFormat.FormatExact(row["year"], Unit.Year))];
        string?[] links = [.. x.Select(year => GetLink(request, year))];
        return new OverviewYears(
            CreateChart(
                ChartViewKind.Lines,
                Unit.Money,
                "revenue-and-budget",
                "Revenue and budget by year.",
                CreateLine("Revenue", "revenue", ChartColor.Revenue),
                CreateLine("Budget", "budget", ChartColor.Budget)),
            CreateChart(
                ChartViewKind.Bars, Unit.Money, "profit", "Profit by year; losses are below the line.", CreateLine("Profit", "matched_profit", ChartColor.GainOrLoss)),
            CreateChart(
                ChartViewKind.Stacked,
                Unit.Count,
                "releases",
                "Movies by year, with and without a known revenue.",
                CreateLine("Revenue known", "revenue_known", ChartColor.Foreground),
                new ChartViewSeries("Revenue unknown", [.. years.Rows.Select(row => (double?)(row.GetInteger("releases") - row.GetInteger("revenue_known")))])
                {
                    Color = ChartColor.Unknown,
                }),
            CreateTable(
                "Revenue and budget by year",
                ResultColumn.Create("revenue").WithKnownNote(),
                ResultColumn.Create("budget").WithKnownNote()),
            CreateTable("Profit by year", ResultColumn.Create("matched_profit").WithKnownNote(), ResultColumn.Create("profit_known")),
            CreateTable("Movies by year", ResultColumn.Create("releases"), ResultColumn.Create("revenue_known"), ResultColumn.Create("budget_known")));

        ChartView CreateChart(ChartViewKind kind, Unit unit, string name, string description, params ChartViewSeries[] series) =>
            new ChartView(kind, unit, x, series) { Name = name, Description = description, Links = links }.WithEveryYear();

        ChartViewSeries CreateLine(string name, string measure, ChartColor color) => new(name, [.. years.Rows.Select(row => row.GetNumber(measure))]) { Color = color };

        TableView CreateTable(string caption, params ResultColumn[] columns)
        {
            var yearColumn = new ResultColumn("year", "Year", Unit.Year) { Link = row => GetLink(request, NumberFormat.FormatExact(row["year"], Unit.Year)) };
            var table = TableView.Create(
                caption, years, [yearColumn, .. columns.Select(column => column with { Link = row => MovieLinks.GetListPath(request.State, row.GetInteger("year")) })]);

            // Newest first, as most readers look for recent years.
            return table with { Rows = [.. table.Rows.Reverse()] };
        }
    }

    private static string GetLink(PageRequest request, string year) =>
        request.State.WithoutYears.GetLink(PageState.GetYearPath(long.Parse(year, CultureInfo.InvariantCulture)));
}
