using CineLedger.Reports;
using CineLedger.Reports.Queries;
using CineLedger.Web.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CineLedger.Web.Companies;

/// <summary>Companies or genres, to be found by a part of their names.</summary>
internal static class NameTable
{
    private static readonly Parameter<string?> Containing = Parameter.CreateText("q", "Only names that hold this text, whatever the case.") with { Example = "pixar" };
    private static readonly Parameter<string?> Order = Parameter.CreateText("order", "Order by this column, with :desc the largest first; default name.") with { Example = "movies:desc" };

    /// <param name="api">The group of all endpoints.</param>
    /// <param name="path">Where to.</param>
    /// <param name="kind"><c>company</c> or <c>genre</c>.</param>
    /// <param name="name">Such a name.</param>
    public static IEndpointConventionBuilder MapNames(this RouteGroupBuilder api, string path, string kind, string name) => api.MapGroup("").WithTags("Names")
        .MapTable(path, new([Containing, Order, .. CommonParameters.ForPages]), values => CreateQuery(kind, values))
        .WithExample($$"""[{"name":"{{name}}","movies":52,"firstYear":1984,"lastYear":2017}]""");

    private static TableQuery CreateQuery(string kind, ParameterValues values)
    {
        var filter = new NameFilter { SearchText = values.Get(Containing), Order = values.Get(Order) is { } text ? QueryOrder.Parse(text) : null };
        return new()
        {
            Open = (connection, snapshot, range, cancellationToken) =>
                NameList.OpenAsync(connection, kind, filter with { Limit = range.Limit, Offset = range.Offset }, snapshot, cancellationToken),
        };
    }
}
