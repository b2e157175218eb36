using System.Globalization;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Reports.Queries;
using CineLedger.Web.Dashboard.Charts;
using CineLedger.Web.Errors;

namespace CineLedger.Web.Dashboard.Explore;

/// <summary>Everything on the page.</summary>
public sealed record ExploreModel(ExploreAddress Address, string Title)
{
    /// <summary>Null where nothing was asked, or not what can be answered.</summary>
    public ExploreResult? Result { get; init; }

    /// <summary>What is wrong with the question; null where nothing is.</summary>
    public Problem? Problem { get; init; }

    /// <summary>The columns that the answer can be ordered by; empty where that is not known.</summary>
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
        try
        {
            exploreQuery = ExploreQuery.Read(address);
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
            Result = await ExploreResult.ReadAsync(request, address, exploreQuery, title, cancellationToken),
            Columns =
            [
                .. query.By.Select(dimension => (dimension.Name, dimension.Heading())),
                .. query.Measures.Select(use => (use.Column, use.Heading())),
                .. query.Measures.Where(_ => query.ComparePreviousYear).Select(use => ($"{use.Column}_change", $"{use.Heading()}, change")),
            ],
        };
    }

    private static string CreateTitle(QueryRequest query)
    {
        var measures = query.Measures.Select((use, place) => place == 0 ? use.Heading() : use.Title).Take(3).ToList();
        var by = query.By.Count == 0 ? "of all movies" : $"by {string.Join(" and ", query.By.Select(dimension => dimension.Name.Replace('_', ' ')))}";
        return $"{(measures.Count == 1 ? measures[0] : $"{string.Join(", ", measures.SkipLast(1))} and {measures[^1]}")} {by}";
    }
}

/// <summary>The answer.</summary>
public sealed record ExploreResult(TableView Table, ChartView? Chart, Coverage Coverage)
{
    /// <summary>Rows that a chart is made of: more are no picture any more.</summary>
    private const int MaxRows = 5_000;

    public required IReadOnlyList<string> Kinds { get; init; }
    public required string Kind { get; init; }

    /// <summary>Names that the ledger never had.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>How it is counted, and what is not shown.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    public required string Sql { get; init; }

    public static async Task<ExploreResult> ReadAsync(PageRequest request, ExploreAddress address, ExploreQuery exploreQuery, string title, CancellationToken cancellationToken)
    {
        var (ledger, query) = (request.Ledger, exploreQuery.Query);

        // One more tells whether there are more.
        var isCut = query.Limit is null or > MaxRows;
        var result = await ledger.QueryAsync(isCut ? query with { Limit = MaxRows + 1 } : query, cancellationToken);
        var rows = result.Rows.Count - (query.Totals && query.By.Count > 0 ? 1 : 0);
        var table = ExploreTable.Create(request, address, query, result);
        var chart = ExploreChart.Create(query, result, exploreQuery.Chart, title);
        return new ExploreResult(table, chart.View, await ledger.ReadCoverageAsync(query, cancellationToken))
        {
            Kinds = chart.Kinds,
            Kind = chart.Kind,
            Warnings = await ledger.FindUnknownNamesAsync(query, cancellationToken),
            Notes = [.. GetRowNotes(rows, isCut), .. chart.Notes, .. QueryNotes.Get(query)],
            Sql = $"{QuerySql.Build(query, request.Snapshot.Id).ToInlinedSql()};",
        };
    }

    private static IEnumerable<string> GetRowNotes(int rows, bool isCut)
    {
        if (isCut && rows > MaxRows)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"The answer has more than {MaxRows:N0} rows: the table shows the first {ExploreTable.MaxRows}, the chart rests on the first {MaxRows:N0}, files have them all.");
        }
        else if (rows > ExploreTable.MaxRows)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"The table shows the first {ExploreTable.MaxRows} of {rows:N0} rows; files have them all.");
        }
    }
}
