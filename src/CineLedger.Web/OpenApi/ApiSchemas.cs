using System.Text.Json;
using System.Text.Json.Nodes;
using CineLedger.Web.Errors;
using Microsoft.OpenApi;

namespace CineLedger.Web.OpenApi;

/// <summary>What all answers have in common, as schemas.</summary>
internal static class ApiSchemas
{
    public static OpenApiSchema CreateMeta() => CreateObject(
        "What belongs to the data: where it is from, how fresh it is, what it rests on, and where it goes on.",
        ("snapshot", CreateInteger("The snapshot that the data is of.")),
        ("publishedAt", CreateText("When it was published, UTC.", "date-time")),
        ("source", CreateText("Where its dataset came from.")),
        ("synthetic", new OpenApiSchema { Type = JsonSchemaType.Boolean, Description = "True for a generated sample: its numbers mean nothing." }),
        ("coverage", CreateObject(
            "What the data rests on.",
            ("movies", CreateInteger("Movies that are counted, each once.")), ("undated", CreateInteger("Movies left out for want of a release date.")),
            ("budgetKnown", CreateInteger("Of the movies, those with a known budget.")), ("revenueKnown", CreateInteger("Of the movies, those with a known revenue.")))),
        ("notes", new OpenApiSchema { Type = JsonSchemaType.Array, Items = CreateText("A sentence."), Description = "What else one must know to take the data for what it is." }),
        ("since", CreateObject(
            "What came after the snapshot that the caller has seen, where it says which: `seen`, or `If-None-Match`.",
            ("snapshot", CreateInteger("What was seen.")), ("newer", new OpenApiSchema { Type = JsonSchemaType.Boolean, Description = "Whether anything came." }),
            ("snapshots", CreateInteger("How many snapshots.")), ("added", CreateInteger("Movies added.")), ("changed", CreateInteger("Movies changed.")), ("removed", CreateInteger("Movies removed.")))),
        ("permalink", CreateText("An address, without its host, that has this answer for ever.")),
        ("next", new OpenApiSchema { Type = JsonSchemaType.String | JsonSchemaType.Null, Description = "The cursor of the next page; null after the last." }));

    public static OpenApiSchema CreateProblem() => CreateObject(
        "What is wrong with a request (RFC 9457).",
        ("type", new OpenApiSchema { Type = JsonSchemaType.String, Description = "The kind of problem.", Enum = [.. Problems.Types.Select(type => (JsonNode)type)] }),
        ("title", CreateText("The kind in words.")), ("status", CreateInteger("The HTTP status.")), ("detail", CreateText("What is wrong with this request, and what to do.")),
        ("parameter", CreateText("The parameter to blame, where it is one.")), ("requestId", CreateText("The request's number in the server's log: the `X-Request-Id` that was sent, or one of the server's own.")),
        ("traceId", CreateText("The W3C trace that the request belongs to: that of its `traceparent`, or one of the server's own.")));

    /// <summary>Rows, as JSON, whose columns the request says.</summary>
    public static OpenApiSchema CreateRowsOnDemand() => new()
    {
        Type = JsonSchemaType.Array,
        Items = new OpenApiSchema { Type = JsonSchemaType.Object, Description = "A value for each column that was asked for." },
    };

    /// <summary>An answer as JSON: what was asked for, and what is to be known of it.</summary>
    public static OpenApiSchema CreateEnvelope(OpenApiSchema data, OpenApiDocument document) => new()
    {
        Type = JsonSchemaType.Object,
        Required = new HashSet<string> { "data", "meta" },
        Properties = new Dictionary<string, IOpenApiSchema> { ["data"] = data, ["meta"] = new OpenApiSchemaReference("Meta", document) },
    };

    public static OpenApiSchema CreateHealth() => CreateObject(
        "Whether the server does what it is for.",
        ("status", new OpenApiSchema { Type = JsonSchemaType.String, Enum = ["live", "ready"] }),
        ("snapshot", new OpenApiSchema { Type = JsonSchemaType.Integer | JsonSchemaType.Null, Description = "The newest snapshot that can be read; null where that is not asked." }));

    /// <summary>What values like those of an example are: any may be unknown, and then is null.</summary>
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
            [LedgerHeaders.Snapshot] = CreateHeader("The snapshot that the answer is of."),
            ["ETag"] = CreateHeader("Made of snapshot and question: send it back as `If-None-Match`."),
            ["Last-Modified"] = CreateHeader("When the snapshot was published."),
            ["Cache-Control"] = CreateHeader("`no-cache`, or `immutable` where the address names the snapshot."),
        };
        if (hasPages)
        {
            headers["Link"] = CreateHeader("The next page, `rel=\"next\"`, where there is one.");
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
