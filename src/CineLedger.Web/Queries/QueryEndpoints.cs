using CineLedger.Reports;
using CineLedger.Reports.Queries;
using CineLedger.Web.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using static CineLedger.Web.Queries.QueryParameters;

namespace CineLedger.Web.Queries;

/// <summary>Queries of any measures by any dimensions, and the lists of both.</summary>
internal static class QueryEndpoints
{
    public static void MapQueries(this RouteGroupBuilder api)
    {
        var queries = api.MapGroup("").WithTags("Queries");
        queries.MapTable("/query", All, values => CreateQuery(CreateRequest(values)))
            .WithSummary("Any combination of measures, grouped by any dimensions")
            .WithDescription("`/api/v1/query/dimensions` lists the available dimensions, measures, functions and filters. "
                + "The columns of the response are the dimensions, followed by the measures; with `pivot`, the other dimensions, followed by the values of the pivoted one, "
                + "such as `2010`, or with several measures `2010 revenue`. The values are named as in the data.")
            .WithExample("""[{"year":1995,"genre":"Animation","releases":24,"revenue":885000000}]""", hasColumnsOnDemand: true);
        queries.MapDocument(
            "/query/dimensions",
            new(CommonParameters.ForDocuments),
            QueryJson.Default.QueryVocabulary,
            (_, _, _, _) => Task.FromResult(QueryVocabulary.Create()))
            .WithSummary("The dimensions, measures, functions and filters of queries")
            .WithExample("""{"dimensions":[{"name":"year","meaning":"year of the release date","isTime":true}],"measures":[{"name":"releases","meaning":"movies, each once","canAggregate":false}],"functions":[{"name":"share","meaning":"part of the total of all movies","needsSum":true}],"filters":[{"name":"budget","form":"whole"}],"aggregates":["sum","avg","median","min","max"]}""");
    }

    /// <summary>Creates the query from the parameters. Throws <see cref="Model.UsageException"/> when the query is invalid.</summary>
    internal static QueryRequest CreateRequest(ParameterValues values)
    {
        var query = new QueryRequest
        {
            By = [.. values.Get(By).Select(name => Dimensions.Find(name, "--by"))],
            Measures = CineLedger.Reports.Queries.Measures.ParseAll(values.Get(QueryParameters.Measures)),
            Pivot = values.Get(Pivot) is { } pivot ? Dimensions.Find(pivot, "--pivot") : null,
            Where = [.. values.Get(Where).SelectMany(FilterFields.Parse), .. YearSpan.CreateFilters(values.Get(From), values.Get(To))],
            Aggregate = values.Get(QueryParameters.Aggregate),
            Share = values.Get(QueryParameters.Share),
            Order = [.. values.Get(Order).Select(QueryOrder.Parse)],
            Top = values.Get(Top),
            Totals = values.Get(Totals),
            ComparePreviousYear = values.Get(Compare) is not null,
            CompareSnapshot = values.Get(CompareSnapshot),
            MinMovies = values.Get(MinMovies) ?? QueryRequest.DefaultMinMovies,
            Dollars = values.Get(Dollars),
            WeightedVotes = values.Get(WeightedVotes) ?? WeightedRating.DefaultVotes,
            WeightedMean = values.Get(WeightedMean),
        };
        query = values.Get(AsNamed) ? query.WithCompaniesAsStudios() : query;
        QueryChecks.Check(query);
        return query;
    }

    private static TableQuery CreateQuery(QueryRequest query) => new()
    {
        Query = query,
        OpenQuery = (connection, resolved, snapshot, range, cancellationToken) => ReportRunner.OpenAsync(
            connection, resolved with { Limit = range.Limit, Offset = range.Offset }, snapshot, cancellationToken),
        Notes = QueryNotes.Get,
        HasPages = !query.Totals,
    };
}
