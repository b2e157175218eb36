using CineLedger.Reports;
using CineLedger.Reports.Queries;
using CineLedger.Web.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CineLedger.Web.Companies;

/// <summary>Maps the searchable lists of companies and genres.</summary>
internal static class NameTable
{
    public static readonly Parameter<string?> Containing = Parameter.CreateText("q", "Only names that contain this text, regardless of letter case and accents.") with { Example = "pixar" };
    public static readonly Parameter<string?> Order =
        Parameter.CreateText("order", "The column to sort by, with `:desc` in descending order. Default: name.") with { Example = "movies:desc" };

    /// <param name="api">The group of all endpoints.</param>
    /// <param name="path">The path of the list.</param>
    /// <param name="kind"><c>company</c> or <c>genre</c>.</param>
    /// <param name="name">An example of such a name.</param>
    public static IEndpointConventionBuilder MapNames(this RouteGroupBuilder api, string path, string kind, string name) => api.MapGroup("").WithTags("Names")
        .MapTable(path, new([Containing, Order, .. CommonParameters.ForPages]), values => CreateQuery(kind, values))
        .WithExample($$"""[{"name":"{{name}}","movies":52,"firstYear":1984,"lastYear":2017}]""");

    /// <summary>Reads the parameters that select and order names.</summary>
    public static NameFilter CreateFilter(ParameterValues values) =>
        new() { SearchText = values.Get(Containing), Order = values.Get(Order) is { } text ? QueryOrder.Parse(text) : null };

    private static TableQuery CreateQuery(string kind, ParameterValues values)
    {
        var filter = CreateFilter(values);
        return new()
        {
            Open = (connection, snapshot, range, cancellationToken) =>
                NameList.OpenAsync(connection, kind, filter with { Limit = range.Limit, Offset = range.Offset }, snapshot, cancellationToken),
        };
    }
}
