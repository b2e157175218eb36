using CineLedger.Reports;
using CineLedger.Reports.Queries;
using CineLedger.Web.Http;
using static CineLedger.Web.Queries.QueryParameters;

namespace CineLedger.Web.Queries;

/// <summary>Any dimensions by any measures, and what there is of both.</summary>
internal static class QueryEndpoints
{
    public static IEnumerable<Resource> Resources()
    {
        yield return new Resource
        {
            Path = "/api/v1/query",
            Group = "Queries",
            Summary = "Any measures of films by any dimensions",
            Description = "`/api/v1/query/dimensions` lists what can be asked for. The columns of the answer are the dimensions, then the measures.",
            Parameters = All,
            Read = values => Ask(Request(values)),
            HasColumnsOnDemand = true,
            Example = """[{"year":1995,"genre":"Animation","releases":24,"revenue":885000000}]""",
        };
        yield return new Resource
        {
            Path = "/api/v1/query/dimensions",
            Group = "Queries",
            Summary = "The dimensions, measures and filters of queries",
            Parameters = new(CommonParameters.OfDocuments),
            Read = _ => new DocumentQuestion<QueryVocabulary>(QueryJson.Default.QueryVocabulary, (_, _, _) => Task.FromResult(QueryVocabulary.Of())),
            IsDocument = true,
            Example = """{"dimensions":[{"name":"year","meaning":"year of the release date","isTime":true}],"measures":[{"name":"releases","meaning":"films, each once","canAggregate":false}],"filters":[{"name":"budget","form":"whole"}],"aggregates":["sum","avg","median","min","max"]}""",
        };
    }

    /// <summary>The query that the parameters ask for. Throws <see cref="Model.UsageException"/> where it cannot be answered.</summary>
    internal static QueryRequest Request(ParameterValues values)
    {
        var query = new QueryRequest
        {
            By = [.. values.Get(By).Select(name => Dimensions.Find(name, "--by"))],
            Measures = [.. values.Get(QueryParameters.Measures).Select(CineLedger.Reports.Queries.Measures.Parse)],
            Where = [.. values.Get(Where).SelectMany(FilterFields.Parse)],
            Aggregate = values.Get(QueryParameters.Aggregate),
            Share = values.Get(QueryParameters.Share),
            Order = [.. values.Get(Order).Select(QueryOrder.Parse)],
            Top = values.Get(Top),
            Totals = values.Get(Totals),
            ComparePreviousYear = values.Get(Compare) is not null,
            Dollars = values.Get(Dollars),
            WeightedVotes = values.Get(WeightedVotes) ?? WeightedRating.DefaultVotes,
            WeightedMean = values.Get(WeightedMean),
        };
        QueryChecks.Check(query);
        return query;
    }

    private static TableQuestion Ask(QueryRequest query) => new()
    {
        Open = (connection, snapshot, range, cancellationToken) => ReportRunner.OpenAsync(
            connection, query with { Limit = range.Limit, Offset = range.Offset }, snapshot, cancellationToken),
        RestsOn = query,
        Notes = async (connection, cancellationToken) =>
            [.. QueryNotes.Of(query), .. await UnknownNames.NotesAsync(connection, query, cancellationToken)],
        HasPages = !query.Totals,
    };
}
