using CineLedger.Web.Http;
using CineLedger.Web.Queries;
using CineLedger.Web.Reports;

namespace CineLedger.Web.Dashboard.Movies;

/// <summary>The parameters of the list: those of <c>/api/v1/movies</c>, by the same names.</summary>
internal static class MovieListParameters
{
    public static Parameter<string?> Cursor => CommonParameters.Cursor;

    public static IReadOnlyList<Parameter> All { get; } = [ReportParameters.Companies, ReportParameters.Genres, QueryParameters.Where, QueryParameters.Order, Cursor];
}
