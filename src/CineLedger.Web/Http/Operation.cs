using CineLedger.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CineLedger.Web.Http;

/// <summary>
/// Something that can be done besides asking the ledger (see <see cref="Resource"/> for that): its method, address, parameters
/// and documentation. As there, what is documented is what is checked.
/// </summary>
public sealed record Operation
{
    public required HttpMethod Method { get; init; }

    /// <summary>As routing writes it.</summary>
    public required string Path { get; init; }

    /// <summary>The heading of the documentation that it stands under.</summary>
    public required string Group { get; init; }

    public required string Summary { get; init; }

    /// <summary>What else there is to know. Markdown.</summary>
    public string Description { get; init; } = "";

    public ParameterSet Parameters { get; init; } = new();

    /// <summary>The fields of the JSON that is sent; empty where nothing is.</summary>
    public IReadOnlyList<BodyField> Body { get; init; } = [];

    /// <summary>A body that is no JSON object; null where there is none such.</summary>
    public RawBody? RawBody { get; init; }

    /// <summary>Headers that mean something here alone.</summary>
    public IReadOnlyList<OperationHeader> Headers { get; init; } = [];

    public required OperationAnswer Answer { get; init; }

    /// <summary>Statuses of problems, with when they come.</summary>
    public IReadOnlyList<(int Status, string When)> Problems { get; init; } = [];

    /// <summary>Adds an endpoint for it.</summary>
    /// <param name="endpoints">Where to.</param>
    /// <param name="policy">The authorization policy; null for the fallback policy, <see cref="Policies.Read"/>.</param>
    /// <param name="handle">Does it. Parameters have been read by then.</param>
    public IEndpointConventionBuilder Map(IEndpointRouteBuilder endpoints, string? policy, Func<HttpContext, ParameterValues, Task> handle)
    {
        var endpoint = endpoints.MapMethods(Path, [Method.Method], http => handle(http, Parameters.Read(http.Request))).WithMetadata(this);
        return policy is null ? endpoint : endpoint.RequireAuthorization(policy);
    }
}

/// <param name="Name">In camel case.</param>
/// <param name="Type"><c>string</c>, <c>boolean</c>, <c>number</c> or <c>array</c>, of strings.</param>
/// <param name="Description">What it says.</param>
/// <param name="IsRequired">Whether it must be there.</param>
/// <param name="Example">For the documentation.</param>
public sealed record BodyField(string Name, string Type, string Description, bool IsRequired = false, string? Example = null);

/// <param name="Status">When all goes well.</param>
/// <param name="Description">What it is.</param>
/// <param name="Example">The answer: JSON, or the text of another media type; null where it has none.</param>
public sealed record OperationAnswer(int Status, string Description, string? Example = null)
{
    public string MediaType { get; init; } = "application/json";
}

/// <param name="MediaType">What it is.</param>
/// <param name="Description">What it holds.</param>
/// <param name="Example">Such a body.</param>
public sealed record RawBody(string MediaType, string Description, string Example);

/// <param name="Name">The header's.</param>
/// <param name="Description">What it says.</param>
/// <param name="Example">Such a value.</param>
public sealed record OperationHeader(string Name, string Description, string Example);
