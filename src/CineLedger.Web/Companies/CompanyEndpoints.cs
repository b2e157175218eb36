using CineLedger.Reports;
using CineLedger.Web.Http;
using CineLedger.Web.Snapshots;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CineLedger.Web.Companies;

/// <summary>Production companies by name.</summary>
internal static class CompanyEndpoints
{
    public static void MapCompanies(this RouteGroupBuilder api)
    {
        api.MapNames("/companies", "company", "Pixar Animation Studios").WithSummary("Production companies, with their number of movies and first and last year");
        api.MapGroup("").WithTags("Names").MapTable("/companies/duplicates", new(CommonParameters.ForPages), _ => new()
        {
            Open = async (connection, snapshot, range, cancellationToken) =>
                (await CompanyDuplicates.ReadAsync(connection, snapshot, cancellationToken)).Slice(CompanyDuplicates.Columns, range),
        })
            .WithSummary("Pairs of companies that may be one: movies under the same TMDB ID, or similar names")
            .WithExample(
                """
                [{"reason":"same TMDB ID","company":"Nordisk Film","movies":12,"revenue":93000000,
                "otherCompany":"Nordisk Film A/S","otherMovies":2,"otherRevenue":null,"sourceId":34221,"similarity":92}]
                """);
    }
}
