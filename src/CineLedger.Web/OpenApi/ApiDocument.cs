using CineLedger.Web.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace CineLedger.Web.OpenApi;

/// <summary>
/// The OpenAPI document at <c>/openapi/v1.json</c>. Operations are described from the metadata of their endpoints: the documented parameters are
/// the ones that are checked.
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
                - **Freshness**: every response has the header `Ledger-Snapshot` and an `ETag`. Sent as `If-None-Match`, the tag yields a 304 until a newer snapshot is published.
                  `snapshot=N` makes an address permanent: its response never changes.
                - **Pages**: `meta.next` is the `cursor` of the next page of the same snapshot; null after the last page.
                - **Formats**: `format`, `Accept` or an extension of a table's path, such as `/api/v1/reports/companies.csv`, selects CSV, Parquet and others, which are streamed in full.
                - **Compression**: `Accept-Encoding` selects brotli or gzip for text formats. The tag does not depend on it.
                - **Not included**, because they have their own protocols: `/metrics` (Prometheus) and `/mcp` (Model Context Protocol).
                - **Errors** are problem documents (RFC 9457). An unknown parameter is an error; it is never ignored.
                """,
        };

        // Relative to the address of the document, because the server does not know the host name that its clients use.
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
