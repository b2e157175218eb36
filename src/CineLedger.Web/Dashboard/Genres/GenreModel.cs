using CineLedger.Reports;
using CineLedger.Reports.Queries;
using CineLedger.Web.Dashboard.Movies;
using CineLedger.Web.Dashboard.Overview;

namespace CineLedger.Web.Dashboard.Genres;

/// <summary>All data on the page of a genre.</summary>
public sealed record GenreModel
{
    private const int MaxCompanies = 10;

    public required string Name { get; init; }
    public required Coverage Coverage { get; init; }
    public required IReadOnlyList<Fact> Totals { get; init; }
    public required GenreYears Years { get; init; }
    public required TopEarners Companies { get; init; }
    public required TableView Movies { get; init; }
    public required GenreComparison? Comparison { get; init; }

    /// <summary>The other genres, one of which can be chosen for comparison.</summary>
    public required IReadOnlyList<string> OtherGenres { get; init; }

    public static async Task<IReadOnlyList<string>> ReadNamesAsync(PageRequest request, CancellationToken cancellationToken) =>
        [.. (await request.Ledger.ReadNamesAsync("genre", new NameFilter(), cancellationToken)).Rows.Select(row => row.GetText("name"))];

    /// <summary>Throws <see cref="Errors.ProblemException"/> for an unknown genre to compare with.</summary>
    public static async Task<GenreModel> ReadAsync(PageRequest request, CancellationToken cancellationToken)
    {
        var (state, ledger, name) = (request.State, request.Ledger, request.Values.Get(GenreParameters.Name)!);
        var names = await ReadNamesAsync(request, cancellationToken);
        var (other, where) = (request.Values.Get(GenreParameters.CompareWith), PageQuery.FilterByName("genre", name));
        if (other is not null)
        {
            RequireKnown(names, other, request);
        }

        var years = await GenreYears.ReadAsync(request, name, cancellationToken);
        var sums = (await ledger.QueryAsync(CreateTotalQuery(state, where).CreateRequest(state), cancellationToken)).Rows;
        var totalQuery = new PageQuery { Measures = ["releases"], Where = ["year is known"] };
        var all = (await ledger.QueryAsync(totalQuery.CreateRequest(state), cancellationToken)).Rows[0].GetInteger("releases");
        var movieFilter = new MovieFilter([], [name], [.. state.HasYearRange ? Array.Empty<string>() : ["year is known"]]);
        var movies = await ledger.ReadMoviesAsync(movieFilter.CreateRequest(state), [new("revenue", IsDescending: true)], MaxCompanies, 0, cancellationToken);
        return new GenreModel
        {
            Name = name,
            Coverage = await ledger.ReadCoverageAsync(years.Query.CreateRequest(state), cancellationToken),
            Totals = sums.Count == 0 ? [] : CreateTotals(state, name, sums[0], all),
            Years = years,
            Companies = await TopEarners.ReadAsync(request, NameKind.Company, MaxCompanies, cancellationToken, (NameKind.Genre, name)),
            Movies = MovieTable.Create("Top movies by revenue", state, movies),
            Comparison = other is null ? null : await GenreComparison.ReadAsync(request, name, other, cancellationToken),
            OtherGenres = [.. names.Where(known => known != name)],
        };
    }

    private static PageQuery CreateTotalQuery(PageState state, string where) => new()
    {
        By = ["genre"],
        Measures =
        [
            "releases", "revenue", "budget", "matched_profit", "revenue_known", "budget_known", "profit_known", state.PopularityMeasure, $"rank:{state.PopularityMeasure}",
        ],
        Where = [where, "year is known"],
    };

    private static void RequireKnown(IReadOnlyList<string> names, string name, PageRequest request)
    {
        if (!names.Contains(name, StringComparer.Ordinal))
        {
            throw Errors.Problems.NotFound($"snapshot {request.Snapshot.Id} has no genre '{name}'{NearestNames.BuildQuestion(name, names)}");
        }
    }

    private static Fact[] CreateTotals(PageState state, string name, ResultRow sums, long all)
    {
        var of = state.Aggregate == Aggregate.Sum ? "" : $", {ReportOptionNames.GetTitle(state.Aggregate)}";
        return
        [
            new("Movies", sums["releases"], Unit.Count)
            {
                Detail = $"{NumberFormat.FormatShort(NumberFormat.GetPercent(sums.GetInteger("releases"), all), Unit.Percent)} of all {NumberFormat.FormatShort(all, Unit.Count)}",
                Link = GetMoviesLink(null),
            },
            CreateAmount("Revenue", "revenue", "revenue_known"),
            CreateAmount("Budget", "budget", "budget_known"),
            CreateAmount("Profit (both known)", "matched_profit", "profit_known"),
            new("Popularity", sums[state.PopularityMeasure], Unit.Measure)
            {
                Detail = FormattableString.Invariant($"rank {sums[$"rank_{state.PopularityMeasure}"]} among the genres"),
                Link = state.GetLink("/genres"),
            },
        ];

        Fact CreateAmount(string title, string measure, string known) => new(title + of, sums[measure], Unit.Money)
        {
            Detail = $"known for {NumberFormat.FormatMovieCount(sums.GetInteger(known))}",
            Link = GetMoviesLink(measure == "budget" ? "budget:desc" : null),
        };

        string GetMoviesLink(string? order) => MovieLinks.GetListPath(state, ("genre", name), MovieLinks.GetDatedFilter(state), ("order", order));
    }
}
