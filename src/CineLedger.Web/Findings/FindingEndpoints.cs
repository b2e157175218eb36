using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Web.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CineLedger.Web.Findings;

/// <summary>The findings of cleaning.</summary>
internal static class FindingEndpoints
{
    private static readonly Parameter<string?> Rule = Parameter.CreateEnum("rule", Rules.Names, "Only findings of this cleaning rule.");
    private static readonly Parameter<string?> Kind = Parameter.CreateEnum("kind", FindingKindNames.All, "Only findings of this kind.");
    private static readonly Parameter<string?> File = Parameter.CreateText("file", "Only findings in this file of the dataset.") with { Example = "movies_metadata.csv" };
    private static readonly Parameter<long?> Movie = Parameter.CreateId("movie", "Only findings about this movie.") with { Example = "862" };

    public static void MapFindings(this RouteGroupBuilder api) => api.MapGroup("").WithTags("Findings")
        .MapTable("/findings", new([Rule, Kind, File, Movie, .. CommonParameters.ForPages]), CreateQuery)
        .WithSummary("What cleaning repaired, rejected, dropped and flagged in the load of a snapshot")
        .WithExample(
            """[{"snapshotId":1,"kind":"repair","rule":"split-record","file":"movies_metadata.csv","line":19731,"movieId":82663,"field":null,"value":null,"occurrences":1}]""");

    private static TableQuery CreateQuery(ParameterValues values) => new()
    {
        Open = (connection, snapshot, range, cancellationToken) =>
            FindingList.OpenAsync(connection, CreateFilter(values, range), snapshot.Id, cancellationToken),
    };

    private static FindingFilter CreateFilter(ParameterValues values, RowRange range) => new()
    {
        Rule = values.Get(Rule),
        Kind = values.Get(Kind),
        File = values.Get(File),
        MovieId = values.Get(Movie),
        Limit = range.Limit,
        Offset = range.Offset,
    };
}
