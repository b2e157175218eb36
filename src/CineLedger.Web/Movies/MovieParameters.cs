using CineLedger.Web.Http;
using CineLedger.Web.Queries;
using CineLedger.Web.Reports;

namespace CineLedger.Web.Movies;

/// <summary>The parameters of films: the filters of reports and queries.</summary>
internal static class MovieParameters
{
    public static Parameter<long?> Id { get; } = Parameter.Id("id", "The film's id (TMDB's number).") with { InPath = true, Example = "862" };

    public static ParameterSet List { get; } = new(
    [
        ReportParameters.From, ReportParameters.To, ReportParameters.Companies, ReportParameters.Genres, QueryParameters.Where, QueryParameters.Order,
        QueryParameters.Dollars, .. CommonParameters.OfPages,
    ]);
}
