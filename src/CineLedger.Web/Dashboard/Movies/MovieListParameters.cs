using CineLedger.Web.Dashboard.Explanations;
using CineLedger.Web.Http;
using CineLedger.Web.Queries;
using CineLedger.Web.Reports;

namespace CineLedger.Web.Dashboard.Movies;

/// <summary>The parameters of the movie list, with the same names as in <c>/api/v1/movies</c>.</summary>
internal static class MovieListParameters
{
    public static Parameter<string?> Cursor => CommonParameters.Cursor;

    public static IReadOnlyList<Parameter> All { get; } =
    [
        ReportParameters.Companies, ReportParameters.Genres, QueryParameters.Where, QueryParameters.Order, Cursor, ExplanationParameters.Measure,
        ExplanationParameters.Compare,
    ];
}
