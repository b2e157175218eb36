using System.Globalization;
using CineLedger.Reports;
using CineLedger.Reports.Queries;
using CineLedger.Web.Http;
using CineLedger.Web.Queries;

namespace CineLedger.Web.Dashboard.Films;

/// <summary>The films behind a number: what was counted of them, and a page of their list.</summary>
public sealed record FilmListModel
{
    public const int PageLength = 50;
    private const string UsualOrder = "revenue:desc";

    public required FilmFilter Filter { get; init; }
    public required Coverage Coverage { get; init; }
    public required IReadOnlyList<Fact> Sums { get; init; }
    public required TableView Table { get; init; }
    public required IReadOnlyList<string> Genres { get; init; }

    /// <summary>Sentences on names that the ledger never had.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
    public required string Order { get; init; }
    public required string Here { get; init; }
    public required string? Previous { get; init; }
    public required string? Next { get; init; }
    public string Title => Filter.Companies.Concat(Filter.Genres).ToList() is { Count: > 0 } names ? $"Films: {string.Join(", ", names)}" : "Films";

    public static async Task<FilmListModel> ReadAsync(PageRequest request, CancellationToken cancellationToken)
    {
        var (state, ledger, filter) = (request.State, request.Ledger, FilmFilter.Of(request));
        var order = request.Values.Get(QueryParameters.Order) is { Count: > 0 } asked ? asked : [UsualOrder];
        var offset = request.Values.Get(FilmListParameters.Cursor) is { } cursor ? Cursor.Read(cursor, request.Values.Question).Offset : 0;
        var query = filter.Films(state);
        var films = await ledger.MoviesAsync(query, [.. order.Select(QueryOrder.Parse)], PageLength, offset, cancellationToken);
        var sums = (await ledger.QueryAsync(filter.Sums.Request(state), cancellationToken)).Rows;
        var count = sums.Count > 0 ? sums[0].Whole("releases") : 0;
        return new FilmListModel
        {
            Filter = filter,
            Coverage = await ledger.CoverageAsync(query, cancellationToken),
            Sums = count > 0 ? SumsOf(request, sums[0]) : [],
            Table = TableOf(request, films, string.Join(',', order)),
            Genres = [.. (await ledger.NamesAsync("genre", new NameFilter(), cancellationToken)).Rows.Select(row => row.Text("name"))],
            Notes = await ledger.UnknownNamesAsync(query, cancellationToken),
            Order = string.Join(',', order),
            Here = string.Create(CultureInfo.InvariantCulture, $"{offset + 1:N0} to {offset + films.Rows.Count:N0} of {count:N0}"),
            Previous = offset > 0 ? At(request, Math.Max(0, offset - PageLength)) : null,
            Next = offset + films.Rows.Count < count ? At(request, offset + PageLength) : null,
        };
    }

    /// <summary>A page of the list is of the snapshot that the first one was of, or films could be passed over.</summary>
    private static string At(PageRequest request, int offset) => request.Here(
        request.State with { Snapshot = request.Snapshot.Id },
        ("cursor", offset == 0 ? null : new Cursor(request.Snapshot.Id, offset).Write(request.Values.Question)));

    private static Fact[] SumsOf(PageRequest request, ResultRow sums)
    {
        var state = request.State;
        var of = state.Aggregate == Aggregate.Sum ? "" : $", {ReportWords.Of(state.Aggregate)}";
        return
        [
            new("Films", sums["releases"], Unit.Count) { Small = "each counted once" },
            Amount("Revenue", "revenue"),
            Amount("Budget", "budget"),
            new("Matched profit" + of, sums["matched_profit"], Unit.Money)
            {
                Small = string.Create(CultureInfo.InvariantCulture, $"of the {sums["profit_known"]:N0} with both amounts"),
            },
        ];

        Fact Amount(string name, string measure)
        {
            var known = sums.Whole($"{measure}_known");
            return new(name + of, sums[measure], Unit.Money)
            {
                Small = string.Create(CultureInfo.InvariantCulture, $"known of {known:N0}, unknown of {sums.Whole("releases") - known:N0}"),
            };
        }
    }

    private static TableView TableOf(PageRequest request, ResultTable films, string order) => FilmTable.Of("Films", request.State, films) with
    {
        Order = order,
        OrderLink = by => request.Here(("order", by)),
    };
}
