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
            var (isAdministrators, isOpen) = (
                endpoint.Metadata.GetMetadata<IAuthorizeData>()?.Policy == Policies.Administer, endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null);
            if ((isAdministrators || isOpen) && document.Paths.TryGetValue(path, out var item) && item.Operations is { } operations)
            {
                var methods = endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Routing.HttpMethodMetadata>()?.HttpMethods ?? [];
                foreach (var (_, operation) in operations.Where(at => methods.Contains(at.Key.Method)))
                {
                    operation.Security = isAdministrators ? CreateAlternatives(document) : [];
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
            operation.Responses ??= [];
            if (operation.Security is not { Count: 0 })
            {
                Add(operation, "401", "A key is required, or the key is not valid.");
            }

            if (operation.Security is { Count: > 0 })
            {
                Add(operation, "403", "The key is not an administrator's key.");
            }

            Add(operation, "429", "Too many requests from this key or address. Continue after `Retry-After`.");
        }

        void Add(OpenApiOperation operation, string status, string when) => operation.Responses!.TryAdd(status, ApiOperations.CreateProblemResponse(when, document));
    }
}
