using CineLedger.Web.Http;
using CineLedger.Web.Queries;
using CineLedger.Web.Reports;

namespace CineLedger.Web.Movies;

/// <summary>The parameters of movies: the filters of reports and queries.</summary>
internal static class MovieParameters
{
    public static Parameter<long?> Id { get; } = Parameter.CreateId("id", "The movie's TMDB ID.") with { IsInPath = true, Example = "862" };

    public static ParameterSet List { get; } = new(
    [
        ReportParameters.From, ReportParameters.To, ReportParameters.Companies, ReportParameters.Studios, ReportParameters.Genres, QueryParameters.Where,
        QueryParameters.Order, QueryParameters.Dollars, .. CommonParameters.ForPages,
    ]);
}
