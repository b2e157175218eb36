using System.Data.Common;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Reports.Queries;
using CineLedger.Web.Errors;
using CineLedger.Web.Http;
using CineLedger.Web.Queries;
using CineLedger.Web.Reports;
using CineLedger.Web.Snapshots;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CineLedger.Web.Movies;

/// <summary>The movies behind a number of a report, and the details and history of a movie.</summary>
internal static class MovieEndpoints
{
    public static void MapMovies(this RouteGroupBuilder api)
    {
        var movies = api.MapGroup("").WithTags("Movies");
        movies.MapTable("/movies", MovieParameters.List, CreateQuery)
            .WithSummary("The movies behind any number of a report or a query")
            .WithDescription("Accepts the filters of reports and queries: add the year and names of a row to get its movies. "
                + "Each movie has the amounts that were counted; unknown amounts are null.")
            .WithExample("""[{"movieId":862,"title":"Toy Story","releaseDate":"1995-10-30","year":1995,"budget":30000000,"revenue":373554033,"profit":343554033,"runtime":81,"popularity":21.946943,"voteAverage":7.7,"voteCount":5415,"language":"en","status":"Released","collection":"Toy Story Collection","imdbId":"tt0114709","companies":1,"genres":3,"since":1}]""");
        movies.MapDocument("/movies/{id}", new([MovieParameters.Id, .. CommonParameters.ForDocuments]), MovieDetailsJson.Default.MovieDetails, FindAsync)
            .WithSummary("The details of a movie")
            .WithExample("""{"movie":{"id":862,"title":"Toy Story","releaseDate":"1995-10-30","budget":30000000,"revenue":373554033,"companies":[{"name":"Pixar Animation Studios","sourceId":3}],"genres":[{"name":"Animation","sourceId":16}]},"ratings":[{"year":1996,"ratings":8000,"mean":3.9}],"cast":[{"name":"Tom Hanks","character":"Woody (voice)"}],"crew":[{"name":"John Lasseter","job":"Director","department":"Directing"}],"keywords":["jealousy"]}""");
        movies.MapTable("/movies/{id}/history", new([MovieParameters.Id, .. CommonParameters.ForPages]), CreateHistoryQuery)
            .WithSummary("The history of a movie: when it was added, and every change by field")
            .WithExample("""[{"snapshotId":1,"publishedAt":"2024-05-01T06:00:00.000Z","change":"added","field":"title","before":null,"after":"Toy Story"}]""");
    }

    private static async Task<MovieDetails> FindAsync(DbConnection connection, Snapshot snapshot, ParameterValues values, CancellationToken cancellationToken) =>
        await MovieDetails.ReadAsync(connection, values.GetRequired(MovieParameters.Id), snapshot.Id, cancellationToken)
        ?? throw Problems.NotFound($"snapshot {snapshot.Id} has no movie {values.GetRequired(MovieParameters.Id)}.");

    private static TableQuery CreateHistoryQuery(ParameterValues values) => new()
    {
        Open = async (connection, snapshot, range, cancellationToken) =>
            (await SnapshotDiff.ReadHistoryAsync(connection, values.GetRequired(MovieParameters.Id), cancellationToken, snapshot.Id)).Slice(SnapshotDiff.HistoryColumns, range),
    };

    private static TableQuery CreateQuery(ParameterValues values)
    {
        // Convert the years and names of a report to conditions of a query.
        var report = ReportSql.CreateQuery(new ReportRequest
        {
            Report = ReportDefinition.Companies,
            From = values.Get(ReportParameters.From),
            To = values.Get(ReportParameters.To),
            Companies = values.Get(ReportParameters.Companies),
            Studios = values.Get(ReportParameters.Studios),
            Genres = values.Get(ReportParameters.Genres),
        });
        var query = MovieList.CreateQuery([.. report.Where, .. values.Get(QueryParameters.Where).SelectMany(FilterFields.Parse)], values.Get(QueryParameters.Dollars));
        QueryOrder[] order = [.. values.Get(QueryParameters.Order).Select(QueryOrder.Parse)];
        MovieList.CheckOrder(order);
        return new TableQuery
        {
            Query = query,
            OpenQuery = (connection, resolved, snapshot, range, cancellationToken) =>
                MovieList.OpenAsync(connection, resolved, order, range.Limit, range.Offset, snapshot, cancellationToken),
            Notes = QueryNotes.Get,
        };
    }
}
