using CineLedger.Web.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace CineLedger.Web.OpenApi;

/// <summary>
/// The OpenAPI document at <c>/openapi/v1.json</c>. What it says of an endpoint comes from the endpoint's metadata: the parameters
/// that are documented are those that are checked.
/// </summary>
internal static class ApiDocument
{
    public static void Add(IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddDocumentTransformer((document, context, _) =>
        {
            Describe(document, context.ApplicationServices.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).ToList());
            return Task.CompletedTask;
        });
    });

    public static void Map(IEndpointRouteBuilder endpoints) => endpoints.MapOpenApi("/openapi/v1.json");

    private static void Describe(OpenApiDocument document, IReadOnlyList<Endpoint> endpoints)
    {
        document.Info = new OpenApiInfo
        {
            Title = "CineLedger",
            Version = "v1",
            License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" },
            Description = """
                What each production company and each genre spent, earned and released, year by year, from numbered snapshots.

                - **Amounts** are whole US dollars. Unknown is `null`, never 0. A movie counts in full for each of its companies and genres, unless `share=equal`.
                - **Freshness**: every answer carries `Ledger-Snapshot` and an `ETag`; sent back as `If-None-Match` it gives a 304 while nothing newer was published.
                  `snapshot=N` makes an address permanent: its answer never changes.
                - **Pages**: `meta.next` is the `cursor` of the next page, of the same snapshot; null after the last. `format` or `Accept` chooses CSV, Parquet and others, which stream whole.
                - **Compression**: `Accept-Encoding` chooses brotli or gzip for what is text; the tag is the same for all of them.
                - **Not here**, since they are protocols of their own: `/metrics` (Prometheus) and `/mcp` (Model Context Protocol).
                - **Errors** are problem documents (RFC 9457). A parameter that is not known is an error, never ignored.
                """,
        };

        // Relative to the address of the document, because a server does not know under which name its clients reach it.
        document.Servers = [new OpenApiServer { Url = "/", Description = "This server" }];
        document.Components ??= new OpenApiComponents();
        document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>();
        document.Components.Schemas["Meta"] = ApiSchemas.CreateMeta();
        document.Components.Schemas["Problem"] = ApiSchemas.CreateProblem();
        foreach (var endpoint in endpoints.OfType<RouteEndpoint>().Where(endpoint => endpoint.Metadata.GetMetadata<ParameterSet>() is not null))
        {
            var path = endpoint.RoutePattern.RawText!;
            var method = HttpMethod.Parse(endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0]);
            var operations = document.Paths.TryGetValue(path, out var item) ? item.Operations! : [];
            operations[method] = ApiOperations.Describe(endpoint, method, path, document);
            document.Paths[path] = new OpenApiPathItem { Operations = operations };
        }

        foreach (var (path, item) in document.Paths.Where(path => path.Key.StartsWith("/health/", StringComparison.Ordinal)))
        {
            ApiOperations.DescribeHealth(item.Operations![HttpMethod.Get], path, document);
        }

        ApiSecurity.Describe(document, endpoints);

        document.Tags = ApiTags.Create(document);
    }
}
