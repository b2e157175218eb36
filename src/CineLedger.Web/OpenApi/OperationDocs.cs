using System.Globalization;
using System.Text.Json.Nodes;
using CineLedger.Web.Http;
using Microsoft.OpenApi;

namespace CineLedger.Web.OpenApi;

/// <summary>An <see cref="Operation"/> in the OpenAPI document.</summary>
internal static class OperationDocs
{
    public static OpenApiOperation Of(Operation operation, OpenApiDocument document) => new()
    {
        OperationId = operation.Method.Method.ToLowerInvariant() + ApiOperations.IdOf($"x/{operation.Path}")[1..],
        Summary = operation.Summary,
        Description = operation.Description.Length > 0 ? operation.Description : null,
        Tags = new HashSet<OpenApiTagReference> { new(operation.Group, document) },
        Parameters = [.. operation.Parameters.All.Select(ApiOperations.Of), .. operation.Headers.Select(Header)],
        RequestBody = operation.RawBody is { } raw ? Body(raw) : operation.Body.Count > 0 ? Body(operation.Body) : null,
        Responses = Responses(operation, document),
    };

    private static OpenApiRequestBody Body(IReadOnlyList<BodyField> fields) => new()
    {
        Required = true,
        Content = new Dictionary<string, OpenApiMediaType>
        {
            ["application/json"] = new()
            {
                Schema = new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    AdditionalPropertiesAllowed = false,
                    Required = fields.Where(field => field.IsRequired).Select(field => field.Name).ToHashSet(),
                    Properties = fields.ToDictionary(field => field.Name, IOpenApiSchema (field) => Field(field)),
                },
                Example = new JsonObject(fields.Where(field => field.Example is not null).Select(field => KeyValuePair.Create(field.Name, (JsonNode?)field.Example))),
            },
        },
    };

    private static OpenApiRequestBody Body(RawBody body) => new()
    {
        Required = true,
        Description = body.Description,
        Content = new Dictionary<string, OpenApiMediaType>
        {
            [body.MediaType] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String }, Example = body.Example },
        },
    };

    private static OpenApiParameter Header(OperationHeader header) => new()
    {
        Name = header.Name,
        In = ParameterLocation.Header,
        Description = header.Description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        Example = header.Example,
    };

    private static OpenApiSchema Field(BodyField field) => new()
    {
        Type = field.Type switch { "boolean" => JsonSchemaType.Boolean, "number" => JsonSchemaType.Number, "array" => JsonSchemaType.Array, _ => JsonSchemaType.String },
        Items = field.Type == "array" ? new OpenApiSchema { Type = JsonSchemaType.String } : null,
        Description = field.Description,
    };

    private static OpenApiResponses Responses(Operation operation, OpenApiDocument document)
    {
        var answer = operation.Answer;
        var responses = new OpenApiResponses
        {
            [answer.Status.ToString(CultureInfo.InvariantCulture)] = new OpenApiResponse
            {
                Description = answer.Description,
                Content = answer.Example is null ? null : new Dictionary<string, OpenApiMediaType>
                {
                    [answer.MediaType] = new()
                    {
                        Schema = new OpenApiSchema { Type = answer.MediaType == "application/json" ? JsonSchemaType.Object : JsonSchemaType.String },
                        Example = answer.MediaType == "application/json" ? JsonNode.Parse(answer.Example) : answer.Example,
                    },
                },
            },
        };
        foreach (var (status, when) in operation.Problems)
        {
            responses[status.ToString(CultureInfo.InvariantCulture)] = ApiOperations.ProblemResponse(when, document);
        }

        return responses;
    }
}
