using System.Data.Common;
using System.Text.Json.Serialization.Metadata;
using CineLedger.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CineLedger.Web.Http;

/// <summary>
/// Maps endpoints of the API and describes them; docs/how-an-endpoint-is-built.md has an example. The <see cref="ParameterSet"/> that a request is
/// checked against is metadata of its endpoint, as is all else that the OpenAPI document says of it.
/// </summary>
internal static class ApiEndpoints
{
    private const string Meta =
        """{"snapshot":1,"publishedAt":"2024-05-01T06:00:00.000Z","source":"the-movies-dataset.zip","synthetic":false,"permalink":"/api/v1/…?snapshot=1","next":null}""";

    private static readonly string[] GetAndHead = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Maps a table of the ledger: as of a snapshot, with an ETag, in pages and all formats, from memory when it was asked before.</summary>
    public static IEndpointConventionBuilder MapTable(
        this IEndpointRouteBuilder endpoints, string path, ParameterSet parameters, Func<ParameterValues, TableQuery> createQuery) =>
        endpoints.MapResource(path, parameters, createQuery, isDocument: false);

    /// <summary>Maps one document of the ledger: the same as a table, but as JSON alone.</summary>
    public static IEndpointConventionBuilder MapDocument<T>(
        this IEndpointRouteBuilder endpoints, string path, ParameterSet parameters, JsonTypeInfo<T> type, Func<DbConnection, Snapshot, ParameterValues, CancellationToken, Task<T>> read) =>
        endpoints.MapResource(
            path, parameters, values => new DocumentQuery<T>(type, (connection, snapshot, cancellationToken) => read(connection, snapshot, values, cancellationToken)), isDocument: true);

    /// <summary>Maps anything that is no question to a snapshot.</summary>
    /// <param name="endpoints">Where to.</param>
    /// <param name="method">Such as <c>POST</c>.</param>
    /// <param name="path">As routing writes it.</param>
    /// <param name="parameters">All that it takes.</param>
    /// <param name="handle">Handles a request whose parameters have been read and checked.</param>
    public static IEndpointConventionBuilder MapOperation(
        this IEndpointRouteBuilder endpoints, string method, string path, ParameterSet parameters, Func<HttpContext, ParameterValues, Task> handle) =>
        endpoints.MapMethods(path, [method], http => handle(http, parameters.Read(http.Request))).WithMetadata(parameters);

    /// <summary>The same for an operation that takes no parameters: a request with any is an error.</summary>
    public static IEndpointConventionBuilder MapOperation(this IEndpointRouteBuilder endpoints, string method, string path, Func<HttpContext, Task> handle) =>
        endpoints.MapOperation(method, path, new(), (http, _) => handle(http));

    /// <param name="endpoint">A resource.</param>
    /// <param name="data">The beginning of the response's <c>data</c>, as JSON.</param>
    /// <param name="hasColumnsOnDemand">The columns are those that were asked for: the example shows some.</param>
    public static IEndpointConventionBuilder WithExample(this IEndpointConventionBuilder endpoint, string data, bool hasColumnsOnDemand = false) => endpoint.WithMetadata(
        new ApiResponse(StatusCodes.Status200OK, "The answer.", $$"""{"data":{{data}},"meta":{{Meta}}}""") { HasMeta = true, HasColumnsOnDemand = hasColumnsOnDemand });

    public static IEndpointConventionBuilder WithResponse(this IEndpointConventionBuilder endpoint, int status, string description, string? example = null) =>
        endpoint.WithMetadata(new ApiResponse(status, description, example));

    /// <param name="endpoint">An operation.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="when">When it comes, as a sentence.</param>
    public static IEndpointConventionBuilder WithProblem(this IEndpointConventionBuilder endpoint, int status, string when) => endpoint.WithMetadata(new ApiProblem(status, when));

    public static IEndpointConventionBuilder WithJsonBody(this IEndpointConventionBuilder endpoint, params BodyField[] fields) => endpoint.WithMetadata(new ApiBody("application/json", fields));

    public static IEndpointConventionBuilder WithBody(this IEndpointConventionBuilder endpoint, string mediaType, string description, string example) =>
        endpoint.WithMetadata(new ApiBody(mediaType, [], description, example));

    /// <summary>Makes the handlers of a group of endpoints, with the services that they ask for.</summary>
    public static T CreateHandlers<T>(this IEndpointRouteBuilder endpoints) => ActivatorUtilities.CreateInstance<T>(endpoints.ServiceProvider);

    private static IEndpointConventionBuilder MapResource(
        this IEndpointRouteBuilder endpoints, string path, ParameterSet parameters, Func<ParameterValues, ResourceQuery> createQuery, bool isDocument)
    {
        var resource = ActivatorUtilities.CreateInstance<ResourceEndpoint>(endpoints.ServiceProvider, parameters, createQuery, isDocument);
        var endpoint = endpoints.MapMethods(path, GetAndHead, resource.InvokeAsync).WithMetadata(resource, parameters);
        endpoint.Add(builder => resource.Path = ((RouteEndpointBuilder)builder).RoutePattern.RawText!);
        return endpoint;
    }
}

/// <summary>The response of an endpoint when all goes well.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Description">What it is.</param>
/// <param name="Example">Such a body: JSON, or the text of another media type; null when there is none.</param>
internal sealed record ApiResponse(int Status, string Description, string? Example)
{
    public string MediaType { get; init; } = "application/json";

    /// <summary>It is of a snapshot: an envelope of <c>data</c> and <c>meta</c>.</summary>
    public bool HasMeta { get; init; }

    /// <summary>Its rows have the columns that were asked for.</summary>
    public bool HasColumnsOnDemand { get; init; }
}

/// <param name="Status">The HTTP status.</param>
/// <param name="When">When it comes, as a sentence.</param>
internal sealed record ApiProblem(int Status, string When);

/// <summary>The body of a request.</summary>
/// <param name="MediaType">What it is.</param>
/// <param name="Fields">Those of a JSON object; empty for any other body.</param>
/// <param name="Description">What it holds; null when its fields say so.</param>
/// <param name="Example">Such a body; null when its fields have examples.</param>
internal sealed record ApiBody(string MediaType, IReadOnlyList<BodyField> Fields, string? Description = null, string? Example = null);

/// <param name="Name">In camel case.</param>
/// <param name="Type"><c>string</c>, <c>boolean</c>, <c>number</c> or <c>array</c>, of strings.</param>
/// <param name="Description">What it says.</param>
/// <param name="IsRequired">Whether it must be there.</param>
/// <param name="Example">For the documentation.</param>
internal sealed record BodyField(string Name, string Type, string Description, bool IsRequired = false, string? Example = null);

/// <summary>A header that means something to one endpoint alone.</summary>
/// <param name="Name">The header's.</param>
/// <param name="Description">What it says.</param>
/// <param name="Example">Such a value.</param>
internal sealed record ApiHeader(string Name, string Description, string Example);
