using System.Text.Json;
using System.Text.Json.Nodes;
using CineLedger.Web.Http;

namespace CineLedger.Web.Assistants;

/// <summary>Creates the JSON Schemas of a tool's parameters and results.</summary>
internal static class ToolSchemas
{
    /// <param name="parameters">The parameters of the resource.</param>
    /// <param name="choice">The parameter that selects one of several resources, and its values; null for a single resource.</param>
    public static JsonElement CreateInput(IEnumerable<Parameter> parameters, (string Name, IEnumerable<string> Words)? choice)
    {
        var properties = new JsonObject();
        var required = new JsonArray();
        if (choice is { } chosen)
        {
            properties[chosen.Name] = new JsonObject { ["type"] = "string", ["enum"] = CreateArray(chosen.Words) };
            required.Add(chosen.Name);
        }

        foreach (var parameter in parameters)
        {
            properties[parameter.Name] = CreateParameter(parameter);
            if (parameter.IsRequired || parameter.IsInPath)
            {
                required.Add(parameter.Name);
            }
        }

        return ToElement(new JsonObject { ["type"] = "object", ["properties"] = properties, ["required"] = required, ["additionalProperties"] = false });
    }

    public static JsonElement CreateOutput(bool isDocument) => ToElement(new JsonObject
    {
        ["type"] = "object",
        ["required"] = CreateArray(["data", "meta"]),
        ["properties"] = new JsonObject
        {
            ["data"] = isDocument
                ? new JsonObject()
                : new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "object" } },
            ["meta"] = new JsonObject
            {
                ["type"] = "object",
                ["required"] = CreateArray(["snapshot", "publishedAt"]),
                ["properties"] = new JsonObject
                {
                    ["snapshot"] = CreateDescribed("integer", "The snapshot of the data."),
                    ["publishedAt"] = CreateDescribed("string", "When the snapshot was published, UTC."),
                    ["synthetic"] = CreateDescribed("boolean", "True if all data is invented."),
                    ["coverage"] = CreateDescribed("object", "The movies behind the data: movies counted, undated movies excluded, movies with a known budget and revenue."),
                    ["notes"] = new JsonObject
                    {
                        ["type"] = "array",
                        ["items"] = new JsonObject { ["type"] = "string" },
                        ["description"] = "Notes for interpreting the data; pass them on to the user.",
                    },
                },
            },
        },
    });

    private static JsonObject CreateParameter(Parameter parameter)
    {
        var isLimit = ReferenceEquals(parameter, CommonParameters.Limit);
        var value = new JsonObject { ["type"] = parameter.Type };
        if (parameter.AllowedValues.Count > 0)
        {
            value["enum"] = CreateArray(parameter.AllowedValues);
        }

        if (parameter.Min is { } min and not int.MinValue)
        {
            value["minimum"] = min;
        }

        if ((isLimit ? LedgerTool.MaxRows : parameter.Max) is { } max and not (int.MaxValue or long.MaxValue))
        {
            value["maximum"] = max;
        }

        var schema = parameter.IsMany ? new JsonObject { ["type"] = "array", ["items"] = value } : value;
        schema["description"] = isLimit ? $"The maximum number of rows. Default: {LedgerTool.DefaultRows}." : parameter.Description;
        if (parameter.Example is { } example && !isLimit)
        {
            schema["examples"] = new JsonArray(parameter.IsMany ? new JsonArray(example) : parameter.Type == "string" ? example : JsonNode.Parse(example));
        }

        return schema;
    }

    private static JsonObject CreateDescribed(string type, string description) => new() { ["type"] = type, ["description"] = description };

    private static JsonArray CreateArray(IEnumerable<string> words) => new([.. words.Select(word => (JsonNode)word)]);

    private static JsonElement ToElement(JsonObject schema) => JsonDocument.Parse(schema.ToJsonString()).RootElement;
}
