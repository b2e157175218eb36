using System.Text.Json;
using System.Text.Json.Nodes;
using CineLedger.Web.Errors;
using Microsoft.OpenApi;

namespace CineLedger.Web.OpenApi;

/// <summary>The schemas that all responses share.</summary>
internal static class ApiSchemas
{
    public static OpenApiSchema CreateMeta() => CreateObject(
        "The origin, age and coverage of the data, and its next page.",
        ("snapshot", CreateInteger("The snapshot of the data.")),
        ("publishedAt", CreateText("When the snapshot was published, UTC.", "date-time")),
        ("source", CreateText("The source of the dataset.")),
        ("synthetic", new OpenApiSchema { Type = JsonSchemaType.Boolean, Description = "True for a generated sample, whose numbers are invented." }),
        ("coverage", CreateObject(
            "The movies behind the data.",
            ("movies", CreateInteger("Movies counted, each once.")),
            ("films", new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64", Description = "The old name of `movies`.", Deprecated = true }),
            ("undated", CreateInteger("Movies excluded because they have no release date.")),
            ("budgetKnown", CreateInteger("Counted movies with a known budget.")), ("revenueKnown", CreateInteger("Counted movies with a known revenue.")),
            ("shareOf", CreateObject(
                "The movies that shares refer to. Missing without shares.",
                ("movies", CreateInteger("Movies in the totals, each once.")),
                ("budgetKnown", CreateInteger("Those with a known budget.")),
                ("revenueKnown", CreateInteger("Those with a known revenue.")))))),
        ("notes", new OpenApiSchema { Type = JsonSchemaType.Array, Items = CreateText("A sentence."), Description = "Notes needed to interpret the data correctly." }),
        ("since", CreateObject(
            "Changes since the snapshot that the client has seen, if it sends one in `seen` or `If-None-Match`.",
            ("snapshot", CreateInteger("The snapshot that was seen.")),
            ("newer", new OpenApiSchema { Type = JsonSchemaType.Boolean, Description = "Whether there are newer snapshots." }),
            ("snapshots", CreateInteger("Number of newer snapshots.")), ("added", CreateInteger("Movies added.")), ("changed", CreateInteger("Movies changed.")),
            ("removed", CreateInteger("Movies removed.")))),
        ("permalink", CreateText("A permanent address of this response, without the host.")),
        ("next", new OpenApiSchema { Type = JsonSchemaType.String | JsonSchemaType.Null, Description = "The cursor of the next page; null after the last." }));

    public static OpenApiSchema CreateProblem() => CreateObject(
        "A problem with a request (RFC 9457).",
        ("type", new OpenApiSchema { Type = JsonSchemaType.String, Description = "The kind of problem.", Enum = [.. Problems.Types.Select(type => (JsonNode)type)] }),
        ("title", CreateText("The title of this kind of problem.")), ("status", CreateInteger("The HTTP status.")),
        ("detail", CreateText("What is wrong with this request, and what to do.")),
        ("parameter", CreateText("The parameter that caused the problem, if any.")),
        ("violations", new OpenApiSchema
        {
            Type = JsonSchemaType.Array,
            Description = "What the quality gates found, if one stopped the request.",
            Items = CreateObject(
                "A violation.", ("gate", CreateText("The gate.")), ("column", CreateText("The affected column or list, if any.")),
                ("message", CreateText("What was found, with the previous and the current figures."))),
        }),
        ("requestId", CreateText("The ID of the request in the server's log: the `X-Request-Id` of the request, or a generated one.")),
        ("traceId", CreateText("The W3C trace ID of the request: from its `traceparent`, or a generated one.")));

    /// <summary>Creates the schema of JSON rows whose columns depend on the request.</summary>
    public static OpenApiSchema CreateRowsOnDemand() => new()
    {
        Type = JsonSchemaType.Array,
        Items = new OpenApiSchema { Type = JsonSchemaType.Object, Description = "A value for each requested column." },
    };

    /// <summary>Creates the schema of a JSON response: the data and its metadata.</summary>
    public static OpenApiSchema CreateEnvelope(OpenApiSchema data, OpenApiDocument document) => new()
    {
        Type = JsonSchemaType.Object,
        Required = new HashSet<string> { "data", "meta" },
        Properties = new Dictionary<string, IOpenApiSchema> { ["data"] = data, ["meta"] = new OpenApiSchemaReference("Meta", document) },
    };

    public static OpenApiSchema CreateHealth() => CreateObject(
        "The health of the server.",
        ("status", new OpenApiSchema { Type = JsonSchemaType.String, Enum = ["live", "ready"] }),
        ("snapshot", new OpenApiSchema { Type = JsonSchemaType.Integer | JsonSchemaType.Null, Description = "The newest readable snapshot; null for `/health/live`." }));

    /// <summary>Derives the schema of values from an example. Any value may be unknown and is then null.</summary>
    public static OpenApiSchema FromExample(JsonNode? example) => example switch
    {
        JsonArray { Count: > 0 } rows => new OpenApiSchema { Type = JsonSchemaType.Array, Items = FromExample(rows[0]) },
        JsonObject row => new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Properties = row.ToDictionary(field => field.Key, field => (IOpenApiSchema)FromExample(field.Value)),
        },
        JsonValue value => new OpenApiSchema
        {
            Type = JsonSchemaType.Null | value.GetValueKind() switch
            {
                JsonValueKind.Number => value.ToJsonString().Contains('.', StringComparison.Ordinal) ? JsonSchemaType.Number : JsonSchemaType.Integer,
                JsonValueKind.True or JsonValueKind.False => JsonSchemaType.Boolean,
                _ => JsonSchemaType.String,
            },
        },
        _ => new OpenApiSchema(),
    };

    public static Dictionary<string, IOpenApiHeader> CreateFreshnessHeaders(bool hasPages)
    {
        var headers = new Dictionary<string, IOpenApiHeader>
        {
            [LedgerHeaders.Snapshot] = CreateHeader("The snapshot of the response."),
            ["ETag"] = CreateHeader("Identifies the snapshot and the request: send it as `If-None-Match`."),
            ["Last-Modified"] = CreateHeader("When the snapshot was published."),
            ["Cache-Control"] = CreateHeader("`no-cache`, or `immutable` when the address contains the snapshot."),
        };
        if (hasPages)
        {
            headers["Link"] = CreateHeader("The next page, `rel=\"next\"`, if there is one.");
        }

        return headers;
    }

    private static OpenApiHeader CreateHeader(string description) => new() { Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };

    private static OpenApiSchema CreateObject(string description, params (string Name, OpenApiSchema Schema)[] properties) => new()
    {
        Type = JsonSchemaType.Object,
        Description = description,
        Properties = properties.ToDictionary(property => property.Name, property => (IOpenApiSchema)property.Schema),
    };

    private static OpenApiSchema CreateInteger(string description) => new() { Type = JsonSchemaType.Integer, Format = "int64", Description = description };

    private static OpenApiSchema CreateText(string description, string? format = null) => new() { Type = JsonSchemaType.String, Format = format, Description = description };
}
