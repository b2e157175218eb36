using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Reports.Studios;
using CineLedger.Web.Dashboard.Comparison;
using CineLedger.Web.Dashboard.Overview;

namespace CineLedger.Web.Dashboard.Studios;

/// <summary>All data on the page of a studio.</summary>
public sealed record StudioModel
{
    private const int MaxGenres = 10;

    public required string Name { get; init; }
    public required StudioCatalog Studios { get; init; }
    public required Coverage Coverage { get; init; }
    public required IReadOnlyList<Fact> Sums { get; init; }
    public required StudioYears Years { get; init; }
    public required StudioLabelTable Labels { get; init; }
    public required OwnershipTimeline Timeline { get; init; }
    public required TopEarners Genres { get; init; }
    public required StudioMovies Movies { get; init; }
    public required NameComparison Comparison { get; init; }

    /// <summary>The lines that make the whole studio part of another one.</summary>
    public IReadOnlyList<StudioLine> Owners => Studios.GetOwners(Name);

    /// <summary>The lines that make other studios part of this one.</summary>
    public IReadOnlyList<StudioLine> OwnedStudios => Studios.GetOwnedStudios(Name);

    public static async Task<StudioModel> ReadAsync(PageRequest request, string name, StudioCatalog studios, CancellationToken cancellationToken)
    {
        var years = await StudioYears.ReadAsync(request, name, cancellationToken);
        var measure = request.Values.Get(StudioParameters.ComparedMeasure) ?? "revenue";
        var where = PageQuery.FilterByName("studio", name);
        return new StudioModel
        {
            Name = name,
            Studios = studios,
            Coverage = await request.Ledger.ReadCoverageAsync(years.Query.CreateRequest(request.State), cancellationToken),
            Sums = await ReadSumsAsync(request, years, cancellationToken),
            Years = years,
            Labels = await StudioLabelTable.ReadAsync(request, name, studios, cancellationToken),
            Timeline = await OwnershipTimeline.ReadAsync(request, name, studios, cancellationToken),
            Genres = await TopEarners.ReadAsync(request, NameKind.Genre, MaxGenres, cancellationToken, (NameKind.Studio, name)),
            Movies = await StudioMovies.ReadAsync(request, where, cancellationToken),
            Comparison = await NameComparison.ReadAsync(request, NameKind.Studio, name, measure, cancellationToken),
        };
    }

    private static async Task<IReadOnlyList<Fact>> ReadSumsAsync(PageRequest request, StudioYears years, CancellationToken cancellationToken)
    {
        var (state, name) = (request.State, years.Name);
        var query = years.Query with
        {
            By = ["studio"],
            Measures = ["releases", "revenue", "budget", "matched_profit", "revenue_known", "budget_known", "profit_known"],
            Where = [.. years.Query.Where, "year is known"],
        };
        if ((await request.Ledger.QueryAsync(query.CreateRequest(state), cancellationToken)).Rows is not [var sums])
        {
            return [];
        }

        var of = state.Aggregate == Aggregate.Sum ? "" : $", {ReportOptionNames.GetTitle(state.Aggregate)}";
        var movies = sums.GetInteger("releases");
        return
        [
            CreateAmount("Revenue", "revenue", "revenue_known"),
            new("Share of all revenue", years.TotalShare, Unit.Percent) { Detail = "of these years, each movie counted once", Link = state.GetLink("/studios") },
            CreateAmount("Budget", "budget", "budget_known"),
            CreateAmount("Profit (both known)", "matched_profit", "profit_known"),
            new("Movies", movies, Unit.Count) { Link = NameKind.Studio.GetMoviesLink(state, name) },
        ];

        Fact CreateAmount(string title, string measure, string known) => new(title + of, sums[measure], Unit.Money)
        {
            Detail = FormattableString.Invariant($"known for {sums.GetInteger(known):N0} of {NumberFormat.FormatMovieCount(movies)}"),
            Link = NameKind.Studio.GetMoviesLink(state, name),
        };
    }
}
