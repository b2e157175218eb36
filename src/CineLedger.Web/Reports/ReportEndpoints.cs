using CineLedger.Reports;
using CineLedger.Reports.Queries;
using CineLedger.Web.Http;
using static CineLedger.Web.Reports.ReportParameters;

namespace CineLedger.Web.Reports;

/// <summary>The yearly reports.</summary>
internal static class ReportEndpoints
{
    private const string Base = "/api/v1/reports";

    public static IEnumerable<Resource> Resources()
    {
        yield return new Resource
        {
            Path = Base,
            Group = "Reports",
            Summary = "The reports that there are",
            Parameters = new(CommonParameters.OfDocuments),
            Read = _ => new DocumentQuestion<IReadOnlyList<ReportLink>>(
                ReportJson.Default.IReadOnlyListReportLink,
                (_, _, _) => Task.FromResult<IReadOnlyList<ReportLink>>([.. ReportDefinition.All.Select(Link)])),
            IsDocument = true,
            Example = """[{"name":"companies","path":"/api/v1/reports/companies","summary":"What each production company spent, earned and released, year by year","columns":["year","company","releases"]}]""",
        };
        foreach (var report in ReportDefinition.All)
        {
            yield return new Resource
            {
                Path = $"{Base}/{report.Name}",
                Group = "Reports",
                Summary = report.Summary,
                Description = "Unknown amounts are null, never 0; the columns that end in Known say of how many films an amount is known. Undated films are left out and counted in `meta.coverage`.",
                Parameters = All,
                Read = values => Ask(Request(report, values)),
                Example = report.Example,
            };
        }
    }

    private static QueryRequest Request(ReportDefinition report, ParameterValues values)
    {
        var order = values.Get(Order) is { } text ? QueryOrder.Parse(text) : null;
        var query = ReportSql.Query(new ReportRequest
        {
            Report = report,
            From = values.Get(From),
            To = values.Get(To),
            Companies = values.Get(Companies),
            Genres = values.Get(Genres),
            Aggregate = values.Get(ReportParameters.Aggregate),
            Popularity = values.Get(ReportParameters.Popularity),
            Share = values.Get(ReportParameters.Share),
            Order = order?.Column,
            Descending = order is { Descending: true },
        });
        QueryChecks.Check(query);
        return query;
    }

    private static TableQuestion Ask(QueryRequest query) => new()
    {
        Open = (connection, snapshot, range, cancellationToken) => ReportRunner.OpenAsync(
            connection, query with { Limit = range.Limit, Offset = range.Offset }, snapshot, cancellationToken),
        RestsOn = query,
        Notes = (connection, cancellationToken) => UnknownNames.NotesAsync(connection, query, cancellationToken),
    };

    private static ReportLink Link(ReportDefinition report) => new(
        report.Name,
        $"{Base}/{report.Name}",
        report.Summary,
        [.. ReportSql.Columns(new ReportRequest { Report = report }).Select(column => Export.JsonMeta.CamelCase(column.Name))]);
}

/// <summary>A report that can be had.</summary>
internal sealed record ReportLink(string Name, string Path, string Summary, IReadOnlyList<string> Columns);
