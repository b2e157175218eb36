using CineLedger.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.OpenApi;

namespace CineLedger.Web.OpenApi;

/// <summary>Describes in the document how keys are sent and which operations require one.</summary>
internal static class ApiSecurity
{
    private const string Bearer = "bearer";
    private const string Header = "apiKey";

    /// <summary>Adds the ways to send a key. Reading requires one of them, or none on the server's own machine.</summary>
    public static void Describe(OpenApiDocument document, IEnumerable<Endpoint> endpoints)
    {
        document.Components!.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Bearer] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A key created with `cineledger keys create NAME`." },
            [Header] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Header,
                Name = "X-Api-Key",
                Description = "The same key, if `Authorization` is already used for something else.",
            },
        };
        document.Security = [[], .. CreateAlternatives(document)];
        foreach (var endpoint in endpoints.OfType<Microsoft.AspNetCore.Routing.RouteEndpoint>())
        {
            var path = "/" + endpoint.RoutePattern.RawText?.Trim('/');
            var (scope, isOpen) = (endpoint.Metadata.GetMetadata<IAuthorizeData>()?.Policy, endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null);
            var needsKey = scope is Policies.Push or Policies.Load or Policies.Administer;
            if ((needsKey || isOpen) && document.Paths.TryGetValue(path, out var item) && item.Operations is { } operations)
            {
                var methods = endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Routing.HttpMethodMetadata>()?.HttpMethods ?? [];
                foreach (var (_, operation) in operations.Where(at => methods.Contains(at.Key.Method)))
                {
                    operation.Security = needsKey ? CreateAlternatives(document) : [];
                    if (needsKey)
                    {
                        Add(operation, "403", $"The key does not have the scope `{scope}`.", document);
                    }
                }
            }
        }

        AddErrors(document);
    }

    private static List<OpenApiSecurityRequirement> CreateAlternatives(OpenApiDocument document) =>
    [
        new() { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] },
        new() { [new OpenApiSecuritySchemeReference(Header, document)] = [] },
    ];

    private static void AddErrors(OpenApiDocument document)
    {
        foreach (var operation in document.Paths.Values.SelectMany(path => path.Operations!.Values))
        {
            if (operation.Security is not { Count: 0 })
            {
                Add(operation, "401", "A key is required, or the key is not valid.", document);
            }

            Add(operation, "429", "Too many requests from this key or address. Continue after `Retry-After`.", document);
        }
    }

    private static void Add(OpenApiOperation operation, string status, string when, OpenApiDocument document) =>
        (operation.Responses ??= []).TryAdd(status, ApiOperations.CreateProblemResponse(when, document));
}
