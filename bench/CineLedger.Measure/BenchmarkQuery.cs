using CineLedger.Reports;
using CineLedger.Reports.Queries;

namespace CineLedger.Measure;

/// <summary>A report or query as an HTTP request, and as a query request that is run without a server.</summary>
/// <param name="Name">The name in the printed table.</param>
/// <param name="Path">The path on the server, without format and limit.</param>
/// <param name="Query">Creates the query request with a limit.</param>
internal sealed record BenchmarkQuery(string Name, string Path, Func<int, QueryRequest> Query)
{
    /// <summary>The three reports, and queries with names, parts of dates, the previous year, ratings, medians and filters.</summary>
    public static IReadOnlyList<BenchmarkQuery> All { get; } =
    [
        .. ReportDefinition.All.Select(report => new BenchmarkQuery(
            report.Name,
            $"/api/v1/reports/{report.Name}?",
            limit => ReportSql.CreateQuery(new ReportRequest { Report = report, Limit = limit }))),
        Create(["decade", "genre"], ["releases", "revenue", "roi"]),
        Create(["company", "month"], ["revenue"], ["company=Walt Disney Pictures"], beforehand: true),
        Create(["year", "language"], ["budget:median", "popularity"]),
        Create(["genre"], ["ratings", "weighted"], ["year>=1990"]),
        Create(["company"], ["matched_profit", "releases"], ["genre=Drama", "country!=US"]),
    ];

    private static BenchmarkQuery Create(string[] by, string[] measures, string[]? where = null, bool beforehand = false)
    {
        var query = new QueryRequest
        {
            By = [.. by.Select(name => Dimensions.Find(name, "--by"))],
            Measures = [.. measures.Select(Measures.Parse)],
            Where = [.. (where ?? []).SelectMany(FilterFields.Parse)],
            ComparePreviousYear = beforehand,
        };
        QueryChecks.Check(query);
        var filters = string.Concat((where ?? []).Select(filter => $"where={Uri.EscapeDataString(filter)}&"));
        var (dimensions, columns) = (string.Join(',', by), string.Join(',', measures));
        return new(
            $"{columns} by {dimensions}{(where is null ? "" : $" where {string.Join(", ", where)}")}{(beforehand ? ", with the previous year" : "")}",
            $"/api/v1/query?by={dimensions}&measure={columns}&{filters}{(beforehand ? "compare=previous-year&" : "")}",
            limit => query with { Limit = limit });
    }
}
