using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CineLedger.Web.Errors;
using CineLedger.Web.Http;
using Microsoft.OpenApi;

namespace CineLedger.Web.OpenApi;

/// <summary>A resource as an operation of the OpenAPI document.</summary>
internal static class ApiOperations
{
    private static readonly (string Status, string When, Problem Example)[] Errors =
    [
        ("400", "A parameter is not known, stands there twice, or has a value that it cannot have.", Problems.UnknownParameter("form", ["from", "to"]).Problem),
        ("404", "There is no such film or snapshot.", Problems.NotFound("there is no snapshot 99: the newest is 7; /api/v1/snapshots lists all.").Problem),
        ("406", "`Accept` names no format in which the answer can be had.", Problems.NotAcceptable("image/png", Formats.MediaTypes).Problem),
        ("500", "A fault of the server.", Problems.OfStatus(500, "", "")),
        ("503", "There is no snapshot yet, or the ledger cannot be read at the moment. `Retry-After` says when to try again.", Problems.NoSnapshotYet().Problem),
        ("504", "The answer takes longer than a request may.", Problems.TimedOut),
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

    /// <summary>Says what the answers of an address about the server's own health are.</summary>
    public static void DescribeHealth(OpenApiOperation operation, string path, OpenApiDocument document)
    {
        var isReady = path.EndsWith("ready", StringComparison.Ordinal);
        operation.OperationId = IdOf(path);
        operation.Responses!["200"] = new OpenApiResponse
        {
            Description = "It does.",
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/json"] = new OpenApiMediaType
                {
                    Schema = ApiSchemas.Health(),
                    Example = new JsonObject { ["status"] = isReady ? "ready" : "live", ["snapshot"] = isReady ? 7 : null },
                },
            },
        };
        if (isReady)
        {
            operation.Responses["503"] = ProblemResponse(Errors.First(error => error.Status == "503").When, document, Problems.NoSnapshotYet().Problem);
        }
    }

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
        foreach (var (status, when, example) in Errors.Where(error => error.Status != "404" || resource.MayBeMissing || resource.Parameters.All.Contains(CommonParameters.Snapshot)))
        {
            responses[status] = ProblemResponse(when, document, example);
        }

        return responses;
    }

    /// <param name="when">When it comes.</param>
    /// <param name="document">Takes it.</param>
    /// <param name="example">One of such; null where the description says enough.</param>
    public static OpenApiResponse ProblemResponse(string when, OpenApiDocument document, Problem? example = null) => new()
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

    private static Dictionary<string, OpenApiMediaType> Contents(Resource resource, OpenApiDocument document)
    {
        var contents = new Dictionary<string, OpenApiMediaType>
        {
            ["application/json"] = new OpenApiMediaType
            {
                Schema = ApiSchemas.Envelope(resource, document),
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
