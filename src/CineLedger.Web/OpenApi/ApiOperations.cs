using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CineLedger.Web.Errors;
using CineLedger.Web.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;

namespace CineLedger.Web.OpenApi;

/// <summary>Creates the operations of the OpenAPI document from the metadata of the endpoints.</summary>
internal static class ApiOperations
{
    private static readonly (int Status, string When, Problem Example)[] ResourceProblems =
    [
        (400, "A parameter is unknown, repeated, or has an invalid value.", Problems.UnknownParameter("form", ["from", "to"]).Problem),
        (404, "The movie or snapshot does not exist.", Problems.NotFound("there is no snapshot 99: the newest is 7; /api/v1/snapshots lists all.").Problem),
        (406, "`Accept` lists no supported format.", Problems.NotAcceptable("image/png", ResponseFormats.MediaTypes).Problem),
        (422, "The query needs more memory than the server has.", Problems.TooHeavy),
        (500, "Unexpected server error.", Problems.FromStatus(500, "", "")),
        (503, "There is no snapshot yet, or the ledger cannot be read at the moment. Try again after `Retry-After`.", Problems.NoSnapshotYet().Problem),
        (504, "The request exceeds its time limit.", Problems.TimedOut),
    ];

    public static OpenApiOperation Describe(RouteEndpoint endpoint, HttpMethod method, string path, OpenApiDocument document)
    {
        var metadata = endpoint.Metadata;
        var body = metadata.GetMetadata<ApiBody>();
        return new()
        {
            OperationId = metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName
                ?? (metadata.GetMetadata<ResourceEndpoint>() is null ? method.Method.ToLowerInvariant() + CreateId($"x/{path}")[1..] : CreateId(path)),
            Summary = metadata.GetMetadata<IEndpointSummaryMetadata>()!.Summary,
            Description = metadata.GetMetadata<IEndpointDescriptionMetadata>()?.Description,
            Tags = new HashSet<OpenApiTagReference> { new(metadata.GetMetadata<ITagsMetadata>()!.Tags[0], document) },
            Parameters = [.. metadata.GetMetadata<ParameterSet>()!.All.Select(Describe), .. metadata.GetOrderedMetadata<ApiHeader>().Select(Describe)],
            RequestBody = body is null ? null : new OpenApiRequestBody
            {
                Required = true,
                Description = body.Description,
                Content = new Dictionary<string, OpenApiMediaType> { [body.MediaType] = body.Fields.Count > 0 ? Describe(body.Fields) : Text(body.Example) },
            },
            Responses = CreateResponses(endpoint, document),
        };
    }

    /// <summary>Describes the responses of a health endpoint.</summary>
    public static void DescribeHealth(OpenApiOperation operation, string path, OpenApiDocument document)
    {
        var isReady = path.EndsWith("ready", StringComparison.Ordinal);
        operation.OperationId = CreateId(path);
        operation.Responses!["200"] = new OpenApiResponse
        {
            Description = "The server is healthy.",
            Content = Json(ApiSchemas.CreateHealth(), new JsonObject { ["status"] = isReady ? "ready" : "live", ["snapshot"] = isReady ? 7 : null }),
        };
        if (isReady)
        {
            operation.Responses["503"] = CreateProblemResponse(ResourceProblems.First(problem => problem.Status == 503).When, document, Problems.NoSnapshotYet().Problem);
        }
    }

    /// <param name="when">When the response is returned.</param>
    /// <param name="document">The document that defines the schema of problems.</param>
    /// <param name="example">An example, or null when the description is enough.</param>
    public static OpenApiResponse CreateProblemResponse(string when, OpenApiDocument document, Problem? example = null) => new()
    {
        Description = when,
        Content = new Dictionary<string, OpenApiMediaType>
        {
            ["application/problem+json"] = new OpenApiMediaType
            {
                Schema = new OpenApiSchemaReference("Problem", document),
                Example = example is null
                    ? null
                    : JsonSerializer.SerializeToNode(example with { RequestId = "4bf92f3577b34da6a3ce929d0e0e4736" }, ProblemJson.Readable.Problem),
            },
        },
    };

    private static string CreateId(string path) => string.Concat(path.Split('/', '-')
        .Where(part => part is not ("" or "api" or "v1"))
        .Select(part => part.Trim('{', '}'))
        .Select((part, i) => i == 0 ? part : char.ToUpperInvariant(part[0]) + part[1..]));

    private static IOpenApiParameter Describe(Parameter parameter)
    {
        var value = new OpenApiSchema
        {
            Type = GetSchemaType(parameter.Type),
            Enum = parameter.AllowedValues.Count > 0 ? [.. parameter.AllowedValues.Select(word => (JsonNode)word)] : null,
            Minimum = FormatBound(parameter.Min),
            Maximum = FormatBound(parameter.Max),
            Default = parameter.Default is { } defaultText ? CreateValue(parameter, defaultText) : null,
        };
        return new OpenApiParameter
        {
            Name = parameter.Name,
            In = parameter.IsInPath ? ParameterLocation.Path : ParameterLocation.Query,
            Description = parameter.Description,
            Required = parameter.IsRequired || parameter.IsInPath,
            Schema = parameter.IsMany ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = value } : value,
            Explode = parameter.IsMany,
            Style = parameter.IsMany ? ParameterStyle.Form : null,
            Example = parameter.Example is not { } example ? null : parameter.IsMany ? new JsonArray(example) : CreateValue(parameter, example),
        };
    }

    private static OpenApiParameter Describe(ApiHeader header) => new()
    {
        Name = header.Name,
        In = ParameterLocation.Header,
        Description = header.Description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        Example = header.Example,
    };

    private static OpenApiMediaType Describe(IReadOnlyList<BodyField> fields) => new()
    {
        Schema = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            AdditionalPropertiesAllowed = false,
            Required = fields.Where(field => field.IsRequired).Select(field => field.Name).ToHashSet(),
            Properties = fields.ToDictionary(field => field.Name, IOpenApiSchema (field) => new OpenApiSchema
            {
                Type = GetSchemaType(field.Type),
                Items = field.Type == "array" ? new OpenApiSchema { Type = JsonSchemaType.String } : null,
                Description = field.Description,
            }),
        },
        Example = new JsonObject(fields.Where(field => field.Example is not null).Select(field => KeyValuePair.Create(field.Name, (JsonNode?)field.Example))),
    };

    private static JsonSchemaType GetSchemaType(string type) => type switch
    {
        "integer" => JsonSchemaType.Integer,
        "number" => JsonSchemaType.Number,
        "boolean" => JsonSchemaType.Boolean,
        "array" => JsonSchemaType.Array,
        _ => JsonSchemaType.String,
    };

    private static string? FormatBound(long? bound) =>
        bound is null or int.MinValue or int.MaxValue or long.MaxValue ? null : bound.Value.ToString(CultureInfo.InvariantCulture);

    private static JsonNode CreateValue(Parameter parameter, string text) => parameter.Type == "string" ? text : JsonNode.Parse(text)!;

    private static OpenApiResponses CreateResponses(RouteEndpoint endpoint, OpenApiDocument document)
    {
        var response = endpoint.Metadata.GetMetadata<ApiResponse>()!;
        var resource = endpoint.Metadata.GetMetadata<ResourceEndpoint>();
        var responses = new OpenApiResponses
        {
            [response.Status.ToString(CultureInfo.InvariantCulture)] = new OpenApiResponse
            {
                Description = response.Description,
                Headers = resource is null ? null : ApiSchemas.CreateFreshnessHeaders(hasPages: !resource.IsDocument && response.HasMeta),
                Content = response.Example is null ? null : CreateContents(response, resource is { IsDocument: true }, document),
            },
        };
        if (resource is not null)
        {
            responses["304"] = new OpenApiResponse
            {
                Description = "Not modified: the client already has this response (`If-None-Match`).",
                Headers = ApiSchemas.CreateFreshnessHeaders(hasPages: false),
            };
            foreach (var (status, when, example) in ResourceProblems)
            {
                responses[status.ToString(CultureInfo.InvariantCulture)] = CreateProblemResponse(when, document, example);
            }
        }

        foreach (var (status, when) in endpoint.Metadata.GetOrderedMetadata<ApiProblem>())
        {
            responses[status.ToString(CultureInfo.InvariantCulture)] = CreateProblemResponse(when, document);
        }

        return responses;
    }

    private static Dictionary<string, OpenApiMediaType> CreateContents(ApiResponse response, bool isDocument, OpenApiDocument document)
    {
        if (response.MediaType != "application/json")
        {
            return new() { [response.MediaType] = Text(response.Example) };
        }

        var example = JsonNode.Parse(response.Example!)!;
        if (!response.HasMeta)
        {
            return Json(new OpenApiSchema { Type = JsonSchemaType.Object }, example);
        }

        var contents = Json(
            ApiSchemas.CreateEnvelope(response.HasColumnsOnDemand ? ApiSchemas.CreateRowsOnDemand() : ApiSchemas.FromExample(example["data"]), document),
            example);
        foreach (var other in isDocument ? [] : ResponseFormats.MediaTypes.Skip(1))
        {
            contents[other] = new OpenApiMediaType();
        }

        return contents;
    }

    private static Dictionary<string, OpenApiMediaType> Json(OpenApiSchema schema, JsonNode example) =>
        new() { ["application/json"] = new() { Schema = schema, Example = example } };

    private static OpenApiMediaType Text(string? example) => new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String }, Example = example };
}
