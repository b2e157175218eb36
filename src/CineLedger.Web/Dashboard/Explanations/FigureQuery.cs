using System.Globalization;
using CineLedger.Reports;
using CineLedger.Reports.Queries;
using CineLedger.Web.Dashboard.Movies;

namespace CineLedger.Web.Dashboard.Explanations;

/// <summary>The query of one figure over the movies of a filter, and the movies themselves.</summary>
/// <param name="Request">The request for the page.</param>
/// <param name="Filter">The filter of the movies.</param>
/// <param name="Use">The measure.</param>
public sealed record FigureQuery(PageRequest Request, MovieFilter Filter, SelectedMeasure Use)
{
    /// <summary>The columns by which the movie list is sorted for measures that it has no column for.</summary>
    private static readonly Dictionary<string, string> ListColumns = new(StringComparer.Ordinal)
    {
        ["weighted"] = "vote_average",
        ["ratings"] = "vote_count",
        ["ratings_count"] = "vote_count",
        ["matched_profit"] = "profit",
        ["roi"] = "profit",
    };

    private PageQuery Query => Filter.SumQuery;

    public Measure Measure => Use.Applied is { } applied ? applied.Of.Measure : Use.Measure;

    public Aggregate Aggregate => (Use.Applied?.Of ?? Use).GetAggregate(new QueryRequest { Measures = [], Aggregate = Request.State.Aggregate });

    /// <summary>Whether the figure contains only a part of the amounts of movies with several names.</summary>
    public bool IsSplit => Request.State.Share == Share.Equal && Query.By.Count > 0 && Measure.Kind == MeasureKind.Amount;

    /// <summary>Whether the figure is the sum of the values of its movies.</summary>
    public bool IsSum => Use.Applied is null && Aggregate == Aggregate.Sum && Measure.Kind is MeasureKind.Amount or MeasureKind.Value;

    /// <summary>The column of the movie list by which its movies are sorted.</summary>
    public string Column => ListColumns.GetValueOrDefault(Measure.Name) ?? (MovieList.Columns.Any(column => column.Name == Measure.Name) ? Measure.Name : "revenue");

    /// <summary>
    /// Creates the figure of a measure in an address. A share needs a name that it is the share of; without one it is explained as the measure itself. Throws
    /// <see cref="Model.UsageException"/> for an unknown measure.
    /// </summary>
    public static FigureQuery Create(PageRequest request, MovieFilter filter, string measure)
    {
        var use = Measures.Parse(measure);
        return new(request, filter, use.Applied is { } applied && (applied.Function.Name != "share" || filter.SumQuery.By.Count == 0) ? applied.Of : use);
    }

    /// <summary>Returns the query of one row with the figure, its movies and those with a known value.</summary>
    public PageQuery ToPageQuery()
    {
        var known = Measure.Known ?? "releases";
        var own = Use.Applied?.ToString() ?? (Use.Aggregate is { } aggregate ? $"{Use.Measure.Name}:{ReportOptionNames.GetName(aggregate)}" : Use.Measure.Name);
        return Query with { Measures = [.. new[] { own, "releases", known }.Distinct(StringComparer.Ordinal)], Where = [.. Query.Where] };
    }

    /// <summary>Reads the row of other measures over the same movies, or over some of them; null if there are none.</summary>
    public async Task<ResultRow?> ReadAsync(PageState state, IReadOnlyList<string> measures, IReadOnlyList<string> where, CancellationToken cancellationToken)
    {
        var query = Query with { Measures = measures, Where = [.. Query.Where, .. where] };
        return (await Request.Ledger.QueryAsync(await ResolveAsync(query, state, cancellationToken), cancellationToken)).Rows is [var row] ? row : null;
    }

    public async Task<QueryRequest> ResolveAsync(PageQuery query, PageState state, CancellationToken cancellationToken) =>
        (await Request.Ledger.ResolveAsync(query.CreateRequest(state), cancellationToken)).Query;

    /// <summary>Returns the state for as many preceding years as the page shows; null if the page has no first and last year.</summary>
    public PageState? GetYearsBefore() => Request.State is { From: { } from, To: { } to } state ? state with { From = from - (to - from + 1), To = from - 1 } : null;

    public static string FormatYears(PageState state) => MovieListPage.FormatSpan(state) ?? "all years";

    /// <summary>Returns the address of the list that explains a measure over some of the movies.</summary>
    public string GetLink(PageState state, string? measure, params IEnumerable<string> where) => state.GetLink(
        MovieLinks.ListPath, [.. Filter.Pairs, .. where.Select(text => ("where", (string?)text)), ("measure", measure)]);

    /// <summary>Reads the movies with the largest values.</summary>
    public async Task<ResultTable> ReadLargestAsync(PageState state, int count, CancellationToken cancellationToken)
    {
        var resolved = (await Request.Ledger.ResolveAsync(Filter.CreateRequest(state), cancellationToken)).Query;
        return await Request.Ledger.ReadMoviesAsync(resolved, [new(Column, IsDescending: true)], count, 0, cancellationToken);
    }

    /// <summary>Returns the title of a row of the movie list.</summary>
    public static string GetTitle(ResultRow movie) =>
        (movie["title"] as string ?? string.Create(CultureInfo.InvariantCulture, $"Movie {movie["movie_id"]}")) + (movie["year"] is { } year ? $" ({year})" : "");
}
