using System.Data.Common;
using System.Text.Json.Serialization.Metadata;
using CineLedger.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CineLedger.Web.Http;

/// <summary>
/// Maps endpoints of the API and describes them; docs/how-an-endpoint-is-built.md has an example. The <see cref="ParameterSet"/> that requests are
/// checked against is metadata of the endpoint, as is everything else in the OpenAPI document.
/// </summary>
internal static class ApiEndpoints
{
    private const string Meta =
        """{"snapshot":1,"publishedAt":"2024-05-01T06:00:00.000Z","source":"the-movies-dataset.zip","synthetic":false,"permalink":"/api/v1/…?snapshot=1","next":null}""";

    private static readonly string[] GetAndHead = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>
    /// Maps a table of the ledger as of a snapshot, with ETag, pages, all formats and caching. A format can also be selected by an extension of the path:
    /// <c>/reports/companies.csv</c>.
    /// </summary>
    public static IEndpointConventionBuilder MapTable(
        this IEndpointRouteBuilder endpoints, string path, ParameterSet parameters, Func<ParameterValues, TableQuery> createQuery) =>
        endpoints.MapResource(path, parameters, createQuery, isDocument: false);

    /// <summary>Maps a file of the ledger as of a snapshot, with ETag and caching.</summary>
    public static IEndpointConventionBuilder MapFile(
        this IEndpointRouteBuilder endpoints, string path, ParameterSet parameters, Func<ParameterValues, FileQuery> createQuery) =>
        endpoints.MapResource(path, parameters, createQuery, isDocument: false, isFile: true);

    /// <summary>Maps one document of the ledger: like a table, but only as JSON.</summary>
    public static IEndpointConventionBuilder MapDocument<T>(
        this IEndpointRouteBuilder endpoints, string path, ParameterSet parameters, JsonTypeInfo<T> type,
        Func<DbConnection, Snapshot, ParameterValues, CancellationToken, Task<T>> read) =>
        endpoints.MapResource(
            path,
            parameters,
            values => new DocumentQuery<T>(type, (connection, snapshot, cancellationToken) => read(connection, snapshot, values, cancellationToken)),
            isDocument: true);

    /// <summary>Maps an operation that does not query a snapshot.</summary>
    /// <param name="endpoints">The group of the endpoint.</param>
    /// <param name="method">The HTTP method, such as <c>POST</c>.</param>
    /// <param name="path">The route pattern.</param>
    /// <param name="parameters">All parameters of the operation.</param>
    /// <param name="handle">Handles a request whose parameters have been read and checked.</param>
    public static IEndpointConventionBuilder MapOperation(
        this IEndpointRouteBuilder endpoints, string method, string path, ParameterSet parameters, Func<HttpContext, ParameterValues, Task> handle) =>
        endpoints.MapMethods(path, [method], http => handle(http, parameters.Read(http.Request))).WithMetadata(parameters);

    /// <summary>Maps an operation without parameters. A request with any parameter is an error.</summary>
    public static IEndpointConventionBuilder MapOperation(this IEndpointRouteBuilder endpoints, string method, string path, Func<HttpContext, Task> handle) =>
        endpoints.MapOperation(method, path, new(), (http, _) => handle(http));

    /// <param name="endpoint">The endpoint of a table or document.</param>
    /// <param name="data">The beginning of the response's <c>data</c>, as JSON.</param>
    /// <param name="hasColumnsOnDemand">Whether the columns depend on the request; the example then shows some of them.</param>
    public static IEndpointConventionBuilder WithExample(this IEndpointConventionBuilder endpoint, string data, bool hasColumnsOnDemand = false) => endpoint.WithMetadata(
        new ApiResponse(StatusCodes.Status200OK, "The data.", $$"""{"data":{{data}},"meta":{{Meta}}}""") { HasMeta = true, HasColumnsOnDemand = hasColumnsOnDemand });

    public static IEndpointConventionBuilder WithResponse(this IEndpointConventionBuilder endpoint, int status, string description, string? example = null) =>
        endpoint.WithMetadata(new ApiResponse(status, description, example));

    /// <param name="endpoint">The endpoint of an operation.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="when">When the problem is returned, as a sentence.</param>
    public static IEndpointConventionBuilder WithProblem(this IEndpointConventionBuilder endpoint, int status, string when) =>
        endpoint.WithMetadata(new ApiProblem(status, when));

    public static IEndpointConventionBuilder WithJsonBody(this IEndpointConventionBuilder endpoint, params BodyField[] fields) =>
        endpoint.WithMetadata(new ApiBody("application/json", fields));

    public static IEndpointConventionBuilder WithBody(this IEndpointConventionBuilder endpoint, string mediaType, string description, string example) =>
        endpoint.WithMetadata(new ApiBody(mediaType, [], description, example));

    /// <summary>Creates the handlers of a group of endpoints and injects their services.</summary>
    public static T CreateHandlers<T>(this IEndpointRouteBuilder endpoints) => ActivatorUtilities.CreateInstance<T>(endpoints.ServiceProvider);

    private static IEndpointConventionBuilder MapResource(
        this IEndpointRouteBuilder endpoints, string path, ParameterSet parameters, Func<ParameterValues, ResourceQuery> createQuery, bool isDocument, bool isFile = false)
    {
        var resource = ActivatorUtilities.CreateInstance<ResourceEndpoint>(endpoints.ServiceProvider, parameters, createQuery, isDocument);
        resource.IsFile = isFile;
        var endpoint = endpoints.MapMethods(path, GetAndHead, resource.InvokeAsync).WithMetadata(resource, parameters);
        endpoint.Add(builder => resource.Path = ((RouteEndpointBuilder)builder).RoutePattern.RawText!);

        // The path of an image has its extension already.
        return isDocument || path.Contains('.', StringComparison.Ordinal)
            ? endpoint
            : new EndpointPair(endpoint, endpoints.MapMethods($"{path}.{{{ResponseFormats.Extension}}}", GetAndHead, resource.InvokeAsync).ExcludeFromDescription());
    }

    /// <summary>The endpoints of a table with and without an extension. A convention, such as a policy, applies to both.</summary>
    private sealed class EndpointPair(IEndpointConventionBuilder one, IEndpointConventionBuilder other) : IEndpointConventionBuilder
    {
        public void Add(Action<EndpointBuilder> convention)
        {
            one.Add(convention);
            other.Add(convention);
        }
    }
}

/// <summary>The successful response of an endpoint.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Description">The description of the response.</param>
/// <param name="Example">An example of the body, as JSON or as text of another media type; null without a body.</param>
internal sealed record ApiResponse(int Status, string Description, string? Example)
{
    public string MediaType { get; init; } = "application/json";

    /// <summary>True for the response of a snapshot: an envelope of <c>data</c> and <c>meta</c>.</summary>
    public bool HasMeta { get; init; }

    /// <summary>True when the columns of the rows depend on the request.</summary>
    public bool HasColumnsOnDemand { get; init; }
}

/// <summary>A problem that an endpoint may return.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="When">When the problem is returned, as a sentence.</param>
internal sealed record ApiProblem(int Status, string When);

/// <summary>The body of a request.</summary>
/// <param name="MediaType">The media type.</param>
/// <param name="Fields">The fields of a JSON object; empty for other bodies.</param>
/// <param name="Description">The content; null when the fields describe it.</param>
/// <param name="Example">An example of the body; null when the fields have examples.</param>
internal sealed record ApiBody(string MediaType, IReadOnlyList<BodyField> Fields, string? Description = null, string? Example = null);

/// <summary>A field of a JSON body.</summary>
/// <param name="Name">The name in camel case.</param>
/// <param name="Type"><c>string</c>, <c>boolean</c>, <c>number</c>, or <c>array</c> (of strings).</param>
/// <param name="Description">The meaning of the field.</param>
/// <param name="IsRequired">Whether the field is required.</param>
/// <param name="Example">A value for the documentation.</param>
internal sealed record BodyField(string Name, string Type, string Description, bool IsRequired = false, string? Example = null);

/// <summary>A request header that only one endpoint uses.</summary>
/// <param name="Name">The name of the header.</param>
/// <param name="Description">The meaning of the header.</param>
/// <param name="Example">A value for the documentation.</param>
internal sealed record ApiHeader(string Name, string Description, string Example);
