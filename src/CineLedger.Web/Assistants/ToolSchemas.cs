using System.Text.Json;
using System.Text.Json.Nodes;
using CineLedger.Web.Http;

namespace CineLedger.Web.Assistants;

/// <summary>The parameters of a resource, and its answers, as JSON Schema.</summary>
internal static class ToolSchemas
{
    /// <param name="parameters">Of the resource.</param>
    /// <param name="choice">A parameter that chooses among resources, with its values; null where there is one alone.</param>
    public static JsonElement Input(IEnumerable<Parameter> parameters, (string Name, IEnumerable<string> Words)? choice)
    {
        var properties = new JsonObject();
        var required = new JsonArray();
        if (choice is { } chosen)
        {
            properties[chosen.Name] = new JsonObject { ["type"] = "string", ["enum"] = Array(chosen.Words) };
            required.Add(chosen.Name);
        }

        foreach (var parameter in parameters)
        {
            properties[parameter.Name] = Of(parameter);
            if (parameter.IsRequired || parameter.InPath)
            {
                required.Add(parameter.Name);
            }
        }

        return Element(new JsonObject { ["type"] = "object", ["properties"] = properties, ["required"] = required, ["additionalProperties"] = false });
    }

    public static JsonElement Output(bool isDocument) => Element(new JsonObject
    {
        ["type"] = "object",
        ["required"] = Array(["data", "meta"]),
        ["properties"] = new JsonObject
        {
            ["data"] = isDocument
                ? new JsonObject()
                : new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "object" } },
            ["meta"] = new JsonObject
            {
                ["type"] = "object",
                ["required"] = Array(["snapshot", "publishedAt"]),
                ["properties"] = new JsonObject
                {
                    ["snapshot"] = Described("integer", "The snapshot that the data is of."),
                    ["publishedAt"] = Described("string", "When it was published, UTC."),
                    ["synthetic"] = Described("boolean", "True where all of it is invented."),
                    ["coverage"] = Described("object", "What the data rests on: films counted, undated films left out, films with a known budget and revenue."),
                    ["notes"] = new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "string" }, ["description"] = "What a reader has to know." },
                },
            },
        },
    });

    private static JsonObject Of(Parameter parameter)
    {
        var isLimit = ReferenceEquals(parameter, CommonParameters.Limit);
        var value = new JsonObject { ["type"] = parameter.Type };
        if (parameter.Words.Count > 0)
        {
            value["enum"] = Array(parameter.Words);
        }

        if (parameter.Least is { } least and not int.MinValue)
        {
            value["minimum"] = least;
        }

        if ((isLimit ? LedgerTool.MostRows : parameter.Most) is { } most and not (int.MaxValue or long.MaxValue))
        {
            value["maximum"] = most;
        }

        var schema = parameter.IsMany ? new JsonObject { ["type"] = "array", ["items"] = value } : value;
        schema["description"] = isLimit ? $"Rows at the most, {LedgerTool.UsualRows} where it is left out." : parameter.Description;
        if (parameter.Example is { } example && !isLimit)
        {
            schema["examples"] = new JsonArray(parameter.IsMany ? new JsonArray(example) : parameter.Type == "string" ? example : JsonNode.Parse(example));
        }

        return schema;
    }

    private static JsonObject Described(string type, string description) => new() { ["type"] = type, ["description"] = description };

    private static JsonArray Array(IEnumerable<string> words) => new([.. words.Select(word => (JsonNode)word)]);

    private static JsonElement Element(JsonObject schema) => JsonDocument.Parse(schema.ToJsonString()).RootElement;
}
