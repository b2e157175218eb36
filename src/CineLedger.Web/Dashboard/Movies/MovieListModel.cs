using System.Globalization;
using CineLedger.Reports;
using CineLedger.Reports.Queries;
using CineLedger.Web.Dashboard.Explanations;
using CineLedger.Web.Http;
using CineLedger.Web.Queries;

namespace CineLedger.Web.Dashboard.Movies;

/// <summary>The movies behind a number: their totals, and one page of the list.</summary>
public sealed record MovieListModel
{
    public const int PageSize = 25;

    public required MovieFilter Filter { get; init; }
    public required Coverage Coverage { get; init; }
    public required IReadOnlyList<Fact> Sums { get; init; }
    public required TableView Table { get; init; }
    public required IReadOnlyList<string> Genres { get; init; }

    /// <summary>The companies and genres that the filters select.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>How the names in the filters were read, unless they are those of the ledger.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
    public required string Order { get; init; }
    public required string Position { get; init; }
    public required string? Previous { get; init; }
    public required string? Next { get; init; }

    /// <summary>The explanation of the requested measure; null if there is none.</summary>
    public required FigureExplanation? Explanation { get; init; }

    /// <summary>The names whose movies are listed, or what the figure is of.</summary>
    public string Title => (Explanation?.Heading ?? "Movies") + (Names.Count > 0 ? $": {string.Join(", ", Names)}" : "");

    public static async Task<MovieListModel> ReadAsync(PageRequest request, CancellationToken cancellationToken)
    {
        var (state, ledger, filter) = (request.State, request.Ledger, MovieFilter.Create(request));
        var figure = request.Values.Get(ExplanationParameters.Measure) is { } measure ? FigureQuery.Create(request, filter, measure) : null;
        var order = request.Values.Get(QueryParameters.Order) is { Count: > 0 } requested ? requested : [$"{figure?.Column ?? "revenue"}:desc"];
        var offset = request.Values.Get(MovieListParameters.Cursor) is { } cursor ? Cursor.Decode(cursor, request.Values.CanonicalText).Offset : 0;
        var resolved = await ledger.ResolveAsync(filter.CreateRequest(state), cancellationToken);
        var query = resolved.Query;
        var movies = await ledger.ReadMoviesAsync(query, [.. order.Select(QueryOrder.Parse)], PageSize, offset, cancellationToken);
        var sums = (await ledger.QueryAsync((await ledger.ResolveAsync(filter.SumQuery.CreateRequest(state), cancellationToken)).Query, cancellationToken)).Rows;
        var count = sums.Count > 0 ? sums[0].GetInteger("releases") : 0;
        return new MovieListModel
        {
            Filter = filter,
            Names =
            [
                .. query.Where.Where(condition => condition.Operator == FilterOperator.Equal && NameKind.All.Any(kind => kind.Dimension == condition.Field.Name))
                    .Select(condition => (string)condition.Value!),
            ],
            Coverage = await ledger.ReadCoverageAsync(query, cancellationToken),
            Sums = count > 0 ? CreateSums(request, sums[0]) : [],
            Table = CreateTable(request, movies, string.Join(',', order)),
            Genres = [.. (await ledger.ReadNamesAsync("genre", new NameFilter(), cancellationToken)).Rows.Select(row => row.GetText("name"))],
            Explanation = figure is null || count == 0 ? null : await FigureExplanation.ReadAsync(figure, cancellationToken),
            Notes = resolved.Notes,
            Order = string.Join(',', order),
            Position = string.Create(CultureInfo.InvariantCulture, $"{offset + 1:N0} to {offset + movies.Rows.Count:N0} of {count:N0}"),
            Previous = offset > 0 ? GetPageLink(request, Math.Max(0, offset - PageSize)) : null,
            Next = offset + movies.Rows.Count < count ? GetPageLink(request, offset + PageSize) : null,
        };
    }

    /// <summary>All pages of a list use the snapshot of the first one; otherwise movies could be skipped.</summary>
    private static string GetPageLink(PageRequest request, int offset) => request.GetAddress(
        request.State with { Snapshot = request.Snapshot.Id },
        ("cursor", offset == 0 ? null : new Cursor(request.Snapshot.Id, offset).Encode(request.Values.CanonicalText)));

    private static Fact[] CreateSums(PageRequest request, ResultRow sums)
    {
        var state = request.State;
        var suffix = state.Aggregate == Aggregate.Sum ? "" : $", {ReportOptionNames.GetTitle(state.Aggregate)}";
        return
        [
            new("Movies", sums["releases"], Unit.Count) { Detail = "each counted once" },
            CreateAmount("Revenue", "revenue"),
            CreateAmount("Budget", "budget"),
            new("Profit (both known)" + suffix, sums["matched_profit"], Unit.Money)
            {
                Detail = string.Create(CultureInfo.InvariantCulture, $"both amounts known for {sums["profit_known"]:N0}"),
            },
        ];

        Fact CreateAmount(string name, string measure)
        {
            var known = sums.GetInteger($"{measure}_known");
            return new(name + suffix, sums[measure], Unit.Money)
            {
                Detail = string.Create(CultureInfo.InvariantCulture, $"known for {known:N0}, unknown for {sums.GetInteger("releases") - known:N0}"),
            };
        }
    }

    private static TableView CreateTable(PageRequest request, ResultTable movies, string order) => MovieTable.Create("Movies", request.State, movies) with
    {
        Order = order,
        OrderLink = by => request.GetAddress(("order", by)),
    };
}
