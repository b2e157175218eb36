using System.Globalization;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Reports.Queries;
using CineLedger.Web.Dashboard.Charts;
using CineLedger.Web.Errors;

namespace CineLedger.Web.Dashboard.Explore;

/// <summary>All data on the Explore page.</summary>
public sealed record ExploreModel(ExploreAddress Address, string Title)
{
    /// <summary>The result; null without a query or with an invalid one.</summary>
    public ExploreResult? Result { get; init; }

    /// <summary>The error in the query; null when it is valid.</summary>
    public Problem? Problem { get; init; }

    /// <summary>The columns that the result can be ordered by; empty without a valid query.</summary>
    public IReadOnlyList<(string Name, string Title)> Columns { get; init; } = [];

    public static async Task<ExploreModel> ReadAsync(PageRequest request, CancellationToken cancellationToken)
    {
        var address = ExploreAddress.Read(request.Values);
        var empty = new ExploreModel(address, "Explore");
        if (!address.HasQuery)
        {
            return empty;
        }

        ExploreQuery exploreQuery;
        IReadOnlyList<string> readings;
        try
        {
            exploreQuery = ExploreQuery.Read(address);
            (var resolved, readings) = await request.Ledger.ResolveAsync(exploreQuery.Query, cancellationToken);
            exploreQuery = exploreQuery with { Query = resolved };
        }
        catch (Exception error) when (error is UsageException or ProblemException)
        {
            return empty with { Problem = Problems.Create(error) };
        }

        var query = exploreQuery.Query;
        var title = CreateTitle(query);
        return empty with
        {
            Title = title,
            Result = await ExploreResult.ReadAsync(request, address, exploreQuery, title, readings, cancellationToken),
            Columns =
            [
                .. query.By.Select(dimension => (dimension.Name, dimension.GetHeading())),
                .. query.Measures.Where(query.CanOrderBy).Select(use => (use.Column, use.GetHeading())),
                .. query.Measures.Where(_ => query.ComparePreviousYear)
                    .SelectMany(use => new[] { ($"{use.Column}_change", $"{use.GetHeading()}, change"), ($"{use.Column}_percent", $"{use.GetHeading()}, change in %") }),
            ],
        };
    }

    private static string CreateTitle(QueryRequest query)
    {
        var measures = query.Measures.Select((use, place) => place == 0 ? ReportOptionNames.ToHeading(use.GetTitleInList()) : use.GetTitleInList()).Take(3).ToList();
        var by = query.By.Count == 0 ? "of all movies" : $"by {string.Join(" and ", query.By.Select(dimension => dimension.Name.Replace('_', ' ')))}";
        return $"{(measures.Count == 1 ? measures[0] : $"{string.Join(", ", measures.SkipLast(1))} and {measures[^1]}")} {by}";
    }
}

/// <summary>The result of a query.</summary>
public sealed record ExploreResult(TableView Table, ChartView? Chart, Coverage Coverage)
{
    /// <summary>The maximum number of rows that a chart uses; with more it would be unreadable.</summary>
    private const int MaxRows = 5_000;

    /// <summary>The maximum number of rows of a pivoted result, whose rows are long.</summary>
    private const int MaxPivotedRows = 500;

    public required IReadOnlyList<string> Kinds { get; init; }
    public required string Kind { get; init; }

    /// <summary>How names were read, unless they are those of the ledger.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>Notes about how values are counted and what is not shown.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    public required string Sql { get; init; }

    public static async Task<ExploreResult> ReadAsync(
        PageRequest request, ExploreAddress address, ExploreQuery exploreQuery, string title, IReadOnlyList<string> readings, CancellationToken cancellationToken)
    {
        var (ledger, query) = (request.Ledger, exploreQuery.Query);

        // One additional row shows whether there are more.
        var max = query.Pivot is null ? MaxRows : MaxPivotedRows;
        var isCut = query.Limit is null || query.Limit > max;
        var result = await ledger.QueryAsync(isCut ? query with { Limit = max + 1 } : query, cancellationToken);
        var rows = result.Rows.Count - result.TotalRows;
        var table = ExploreTable.Create(request, address, query, result);
        var chart = ExploreChart.Create(query, result, exploreQuery.Chart, title);
        var coverage = await ledger.ReadCoverageAsync(query, cancellationToken);
        return new ExploreResult(table, chart.View, coverage)
        {
            Kinds = chart.Kinds,
            Kind = chart.Kind,
            Warnings = readings,
            Notes =
            [
                .. GetRowNotes(rows, isCut ? max : int.MaxValue, table.Rows.Count(row => !row.IsTotal)), .. chart.Notes, .. QueryNotes.Get(query),
                .. await GetCoverageNotesAsync(ledger, query, coverage, cancellationToken),
            ],
            Sql = QuerySql.BuildText(query, request.Snapshot.Id),
        };
    }

    /// <summary>Says how many of the movies that match the filters have a name in each dimension, if they are few.</summary>
    private static async Task<IReadOnlyList<string>> GetCoverageNotesAsync(PageLedger ledger, QueryRequest query, Coverage coverage, CancellationToken cancellationToken)
    {
        if (query.By.Count == 0)
        {
            return [];
        }

        var ungrouped = query with { By = [], Pivot = null, Order = [], Top = null, Totals = false, ComparePreviousYear = false };
        var all = (await ledger.ReadCoverageAsync(ungrouped, cancellationToken)).Movies;
        return coverage.Movies >= all * FigureNotes.LowCoverage ? [] :
        [
            string.Create(
                CultureInfo.InvariantCulture,
                $"The result is based on {NumberFormat.FormatMovieCount(coverage.Movies)} of {all:N0} ({NumberFormat.FormatShort(NumberFormat.GetPercent(coverage.Movies, all), Unit.Percent)}): ")
                + $"the others have no known {string.Join(" or ", query.By.Select(dimension => dimension.Name.Replace('_', ' ')))}.",
        ];
    }

    private static IEnumerable<string> GetRowNotes(int rows, int max, int shown)
    {
        if (rows > max)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"The result has more than {max:N0} rows. The table shows the first {shown}, the chart uses the first {max:N0}, and downloads contain all.");
        }
        else if (rows > shown)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"The table shows the first {shown} of {rows:N0} rows; downloads contain all.");
        }
    }
}
