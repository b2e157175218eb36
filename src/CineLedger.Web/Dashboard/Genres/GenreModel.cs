using CineLedger.Reports;
using CineLedger.Reports.Queries;
using CineLedger.Web.Dashboard.Films;
using CineLedger.Web.Dashboard.Overview;

namespace CineLedger.Web.Dashboard.Genres;

/// <summary>One genre over the span.</summary>
public sealed record GenreModel
{
    private const int Places = 10;

    public required string Name { get; init; }
    public required Coverage Coverage { get; init; }
    public required IReadOnlyList<Fact> Sums { get; init; }
    public required GenreYears Years { get; init; }
    public required LeaderFigure Companies { get; init; }
    public required TableView Films { get; init; }
    public required GenreComparison? Comparison { get; init; }

    /// <summary>The others, to choose one from.</summary>
    public required IReadOnlyList<string> Others { get; init; }

    /// <summary>Throws <see cref="Errors.ProblemException"/> for a genre that the ledger never had.</summary>
    public static async Task<GenreModel> ReadAsync(PageRequest request, CancellationToken cancellationToken)
    {
        var (state, ledger, name) = (request.State, request.Ledger, request.Values.Get(GenreParameters.Name)!);
        string[] names = [.. (await ledger.NamesAsync("genre", new NameFilter(), cancellationToken)).Rows.Select(row => row.Text("name"))];
        var (other, where) = (request.Values.Get(GenreParameters.With), PageQuery.Is("genre", name));
        MustBeKnown(names, name, request);
        if (other is not null)
        {
            MustBeKnown(names, other, request);
        }

        var years = await GenreYears.ReadAsync(request, name, cancellationToken);
        var sums = (await ledger.QueryAsync(SumsAsked(state, where).Request(state), cancellationToken)).Rows;
        var all = (await ledger.QueryAsync(new PageQuery { Measures = ["releases"], Where = ["year is known"] }.Request(state), cancellationToken)).Rows[0].Whole("releases");
        var films = await ledger.MoviesAsync(
            new FilmFilter([], [name], [.. state.HasSpan ? Array.Empty<string>() : ["year is known"]]).Films(state), [new("revenue", Descending: true)], Places, 0, cancellationToken);
        return new GenreModel
        {
            Name = name,
            Coverage = await ledger.CoverageAsync(years.Asked.Request(state), cancellationToken),
            Sums = sums.Count == 0 ? [] : SumsOf(state, name, sums[0], all),
            Years = years,
            Companies = await LeaderFigure.ReadAsync(request, "company", "companies", Places, cancellationToken, where),
            Films = FilmTable.Of("Films that earned the most", state, films),
            Comparison = other is null ? null : await GenreComparison.ReadAsync(request, name, other, cancellationToken),
            Others = [.. names.Where(known => known != name)],
        };
    }

    private static PageQuery SumsAsked(PageState state, string where) => new()
    {
        By = ["genre"],
        Measures = ["releases", "revenue", "budget", "matched_profit", "revenue_known", "budget_known", "profit_known", state.PopularityMeasure, $"rank:{state.PopularityMeasure}"],
        Where = [where, "year is known"],
    };

    private static void MustBeKnown(string[] names, string name, PageRequest request)
    {
        if (!names.Contains(name, StringComparer.Ordinal))
        {
            var near = NearestNames.Of(name, names);
            throw Errors.Problems.NotFound($"snapshot {request.Snapshot.Id} has no film of the genre '{name}'{(near.Count > 0 ? $"; did you mean {string.Join(" or ", near)}?" : ".")}");
        }
    }

    private static Fact[] SumsOf(PageState state, string name, ResultRow sums, long all)
    {
        var of = state.Aggregate == Aggregate.Sum ? "" : $", {ReportWords.Of(state.Aggregate)}";
        return
        [
            new("Films", sums["releases"], Unit.Count)
            {
                Small = $"{Figures.Short(Figures.Share(sums.Whole("releases"), all), Unit.Percent)} of all {Figures.Short(all, Unit.Count)}",
                Link = Behind(null),
            },
            Amount("Earned", "revenue", "revenue_known"),
            Amount("Spent", "budget", "budget_known"),
            Amount("Matched profit", "matched_profit", "profit_known"),
            new("Popularity", sums[state.PopularityMeasure], Unit.Measure)
            {
                Small = FormattableString.Invariant($"rank {sums[$"rank_{state.PopularityMeasure}"]} among the genres"),
                Link = state.Link("/genres"),
            },
        ];

        Fact Amount(string title, string measure, string known) => new(title + of, sums[measure], Unit.Money)
        {
            Small = $"known of {Figures.Films(sums.Whole(known))}",
            Link = Behind(measure == "budget" ? "budget:desc" : null),
        };

        string Behind(string? order) => FilmLinks.Behind(state, ("genre", name), FilmLinks.Dated(state), ("order", order));
    }
}
