using CineLedger.Web.Dashboard.Explore;
using CineLedger.Web.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CineLedger.Web.Dashboard.Entities;

/// <summary>The lists of names that have pages, but no list of their own: <c>/collections</c> and <c>/people</c> lead to a ranking in Explore.</summary>
internal static class EntityLists
{
    private const int MaxRows = 50;

    private static readonly ParameterSet Parameters = new(PageState.Parameters);

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        foreach (var kind in (NameKind[])[NameKind.Collection, NameKind.Director])
        {
            endpoints.MapMethods($"/{kind.Section}", [HttpMethods.Get, HttpMethods.Head], http => RedirectToRanking(http, kind)).ExcludeFromDescription();
        }
    }

    private static Task RedirectToRanking(HttpContext http, NameKind kind)
    {
        var query = new PageQuery { By = [kind.Dimension], Measures = ["revenue", "budget", "releases"], Order = ["revenue:desc"], Limit = MaxRows };
        http.Response.Redirect(ExploreAddress.Create(query, PageState.Read(Parameters.Read(http.Request))).GetLink());
        return Task.CompletedTask;
    }
}
