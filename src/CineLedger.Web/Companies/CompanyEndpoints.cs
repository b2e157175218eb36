using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CineLedger.Web.Companies;

/// <summary>Production companies by name.</summary>
internal static class CompanyEndpoints
{
    public static void MapCompanies(this RouteGroupBuilder api) => api.MapNames("/companies", "company", "Pixar Animation Studios")
        .WithSummary("Production companies, with their number of movies and first and last year");
}
