using System.Globalization;
using System.Text.Json.Nodes;
using CineLedger.Web.Answers;
using CineLedger.Web.Parameters;
using Microsoft.OpenApi;

namespace CineLedger.Web.OpenApi;

/// <summary>A resource as an operation of the OpenAPI document.</summary>
internal static class ApiOperations
{
    private static readonly (string Status, string When)[] Errors =
    [
        ("400", "A parameter is not known, stands there twice, or has a value that it cannot have."),
        ("404", "There is no such film or snapshot."),
        ("406", "`Accept` names no format in which the answer can be had."),
        ("503", "There is no snapshot yet, or the ledger cannot be read at the moment."),
        ("504", "The answer takes longer than a request may."),
    ];

    public static OpenApiOperation Of(Resource resource, OpenApiDocument document) => new()
    {
        OperationId = IdOf(resource.Path),
        Summary = resource.Summary,
        Description = resource.Description.Length > 0 ? resource.Description : null,
        Tags = new HashSet<OpenApiTagReference> { new(resource.Group, document) },
        Parameters = [.. resource.Parameters.All.Select(Of)],
        Responses = Responses(resource, document),
    };

    public static string IdOf(string path) => string.Concat(path.Split('/', '-')
        .Where(part => part is not ("" or "api" or "v1"))
        .Select(part => part.Trim('{', '}'))
        .Select((part, i) => i == 0 ? part : char.ToUpperInvariant(part[0]) + part[1..]));

    public static IOpenApiParameter Of(Parameter parameter)
    {
        var value = new OpenApiSchema
        {
            Type = parameter.Type switch { "integer" => JsonSchemaType.Integer, "number" => JsonSchemaType.Number, "boolean" => JsonSchemaType.Boolean, _ => JsonSchemaType.String },
            Enum = parameter.Words.Count > 0 ? [.. parameter.Words.Select(word => (JsonNode)word)] : null,
            Minimum = Bound(parameter.Least),
            Maximum = Bound(parameter.Most),
            Default = parameter.Default is { } usual ? Value(parameter, usual) : null,
        };
        return new OpenApiParameter
        {
            Name = parameter.Name,
            In = parameter.InPath ? ParameterLocation.Path : ParameterLocation.Query,
            Description = parameter.Description,
            Required = parameter.IsRequired || parameter.InPath,
            Schema = parameter.IsMany ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = value } : value,
            Explode = parameter.IsMany,
            Style = parameter.IsMany ? ParameterStyle.Form : null,
            Example = parameter.Example is not { } example ? null : parameter.IsMany ? new JsonArray(example) : Value(parameter, example),
        };
    }

    private static string? Bound(long? bound) => bound is null or int.MinValue or int.MaxValue or long.MaxValue ? null : bound.Value.ToString(CultureInfo.InvariantCulture);

    private static JsonNode Value(Parameter parameter, string text) => parameter.Type == "string" ? text : JsonNode.Parse(text)!;

    private static OpenApiResponses Responses(Resource resource, OpenApiDocument document)
    {
        var responses = new OpenApiResponses
        {
            ["200"] = new OpenApiResponse
            {
                Description = "The answer.",
                Headers = ApiSchemas.FreshnessHeaders(hasPages: !resource.IsDocument),
                Content = Contents(resource, document),
            },
            ["304"] = new OpenApiResponse { Description = "The caller has the answer already: its `If-None-Match` names it.", Headers = ApiSchemas.FreshnessHeaders(hasPages: false) },
        };
        foreach (var (status, when) in Errors.Where(error => error.Status != "404" || resource.MayBeMissing || resource.Parameters.All.Contains(CommonParameters.Snapshot)))
        {
            responses[status] = ProblemResponse(when, document);
        }

        return responses;
    }

    public static OpenApiResponse ProblemResponse(string when, OpenApiDocument document) => new()
    {
        Description = when,
        Content = new Dictionary<string, OpenApiMediaType>
        {
            ["application/problem+json"] = new OpenApiMediaType { Schema = new OpenApiSchemaReference("Problem", document) },
        },
    };

    private static Dictionary<string, OpenApiMediaType> Contents(Resource resource, OpenApiDocument document)
    {
        var contents = new Dictionary<string, OpenApiMediaType>
        {
            ["application/json"] = new OpenApiMediaType
            {
                Schema = ApiSchemas.Envelope(resource.IsDocument, document),
                Example = new JsonObject { ["data"] = JsonNode.Parse(resource.Example), ["meta"] = ApiSchemas.MetaExample() },
            },
        };
        foreach (var other in resource.IsDocument ? [] : Formats.MediaTypes.Skip(1))
        {
            contents[other] = new OpenApiMediaType();
        }

        return contents;
    }
}
