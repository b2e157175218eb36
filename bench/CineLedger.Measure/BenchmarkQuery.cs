using CineLedger.Reports;
using CineLedger.Reports.Queries;

namespace CineLedger.Measure;

/// <summary>A question as it is asked over HTTP, and the same as a request for its SQL.</summary>
/// <param name="Name">For the table.</param>
/// <param name="Path">Of the server, without format and limit.</param>
/// <param name="Query">The request with a limit.</param>
internal sealed record BenchmarkQuery(string Name, string Path, Func<int, QueryRequest> Query)
{
    /// <summary>The three reports, and queries of every kind: names, parts of dates, the year before, ratings, medians, filters.</summary>
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
            $"{columns} by {dimensions}{(where is null ? "" : $" where {string.Join(", ", where)}")}{(beforehand ? ", the year before beside it" : "")}",
            $"/api/v1/query?by={dimensions}&measure={columns}&{filters}{(beforehand ? "compare=previous-year&" : "")}",
            limit => query with { Limit = limit });
    }
}
