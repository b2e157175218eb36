using CineLedger.Reports;
using CineLedger.Reports.Queries;
using CineLedger.Web.Answers;
using CineLedger.Web.Parameters;
using static CineLedger.Web.Reports.ReportParameters;

namespace CineLedger.Web.Reports;

/// <summary>The three yearly reports.</summary>
internal static class ReportEndpoints
{
    private const string Base = "/api/v1/reports";

    private static readonly (ReportName Report, string Summary, string Example)[] Reports =
    [
        (
            ReportName.Companies,
            "What each production company spent, earned and released, year by year",
            """[{"year":1995,"company":"Pixar Animation Studios","releases":1,"budget":30000000,"revenue":373554033,"profit":343554033,"matchedProfit":343554033,"popularity":21.946943,"budgetKnown":1,"revenueKnown":1,"profitKnown":1}]"""),
        (
            ReportName.Genres,
            "What each genre spent, earned and released, year by year, and its rank by popularity",
            """[{"year":1995,"genre":"Animation","rank":1,"releases":24,"popularity":6.5,"budget":174000000,"revenue":885000000,"profit":711000000,"matchedProfit":700000000,"budgetKnown":7,"revenueKnown":6,"profitKnown":5}]"""),
        (
            ReportName.CompanyGenres,
            "How many films of each genre each company released, year by year",
            """[{"year":1995,"company":"Pixar Animation Studios","genre":"Animation","releases":1,"companyReleases":1}]"""),
    ];

    public static IEnumerable<Resource> Resources()
    {
        yield return new Resource
        {
            Path = Base,
            Group = "Reports",
            Summary = "The reports that there are",
            Parameters = new(CommonParameters.OfDocuments),
            Read = _ => new DocumentQuestion<IReadOnlyList<ReportLink>>(
                AnswerJson.Default.IReadOnlyListReportLink,
                (_, _, _) => Task.FromResult<IReadOnlyList<ReportLink>>([.. Reports.Select(known => Link(known.Report, known.Summary))])),
            IsDocument = true,
            Example = """[{"name":"companies","path":"/api/v1/reports/companies","summary":"What each production company spent, earned and released, year by year","columns":["year","company","releases"]}]""",
        };
        foreach (var (report, summary, example) in Reports)
        {
            yield return new Resource
            {
                Path = $"{Base}/{ReportWords.Of(report)}",
                Group = "Reports",
                Summary = summary,
                Description = "Unknown amounts are null, never 0; the columns that end in Known say of how many films an amount is known. Undated films are left out and counted in `meta.coverage`.",
                Parameters = All,
                Read = values => Ask(Request(report, values)),
                Example = example,
            };
        }
    }

    private static ReportRequest Request(ReportName report, ParameterValues values)
    {
        var order = values.Get(Order) is { } text ? QueryOrder.Parse(text) : null;
        var request = new ReportRequest
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
        };
        QueryChecks.Check(ReportSql.Query(request));
        return request;
    }

    private static TableQuestion Ask(ReportRequest request) => new()
    {
        Open = (connection, snapshot, range, cancellationToken) => ReportRunner.OpenAsync(
            connection, request with { Limit = range.Limit, Offset = range.Offset }, snapshot, cancellationToken),
        RestsOn = ReportSql.Query(request),
        Notes = (connection, cancellationToken) => UnknownNames.NotesAsync(connection, ReportSql.Query(request), cancellationToken),
    };

    private static ReportLink Link(ReportName report, string summary) => new(
        ReportWords.Of(report),
        $"{Base}/{ReportWords.Of(report)}",
        summary,
        [.. ReportSql.Columns(new ReportRequest { Report = report }).Select(column => Export.JsonMeta.CamelCase(column.Name))]);
}

/// <summary>A report that can be had.</summary>
internal sealed record ReportLink(string Name, string Path, string Summary, IReadOnlyList<string> Columns);
