using System.Text.Json;

namespace CineLedger.Tests.Web;

/// <summary>An operation in the OpenAPI document of a server. Tests read the document, so they cover new endpoints automatically.</summary>
internal sealed record ApiOperation(string Method, string Path, IReadOnlyList<ApiParameter> Parameters, IReadOnlyList<string> BodyTypes)
{
    /// <summary>Returns the query of a valid request, optionally without one required parameter.</summary>
    public string Query(string? without = null) => string.Join('&', Needed.Where(name => name != without).Select(name => $"{name}={Example(name)}"));

    /// <summary>The path, with ids of served movies and snapshots filled in.</summary>
    public string Address => Path.Replace("{id}", Path.Contains("movies", StringComparison.Ordinal) ? "862" : "1", StringComparison.Ordinal)
        .Replace("{a}", "1", StringComparison.Ordinal).Replace("{b}", "2", StringComparison.Ordinal);

    /// <summary>Returns the address with an additional query string, which is not escaped.</summary>
    public string With(string more, string? without = null) => string.Join('&', new[] { Query(without), more }
        .Where(part => part.Length > 0)) is { Length: > 0 } query ? $"{Address}?{query}" : Address;

    private IEnumerable<string> Needed => Parameters.Where(parameter => parameter is { IsRequired: true, InPath: false }).Select(parameter => parameter.Name);

    private string Example(string name) => Uri.EscapeDataString(Parameters.Single(parameter => parameter.Name == name).Example);

    public override string ToString() => $"{Method} {Path}";

    public static async Task<IReadOnlyList<ApiOperation>> ReadAsync(ServedLedger served) =>
    [
        .. (await served.JsonAsync("/openapi/v1.json")).GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(operation => Read(path.Name, operation.Name.ToUpperInvariant(), operation.Value))),
    ];

    private static ApiOperation Read(string path, string method, JsonElement operation) => new(
        method,
        path,
        operation.TryGetProperty("parameters", out var parameters)
            ? [.. parameters.EnumerateArray().Where(parameter => parameter.GetProperty("in").GetString() != "header").Select(Read)]
            : [],
        operation.TryGetProperty("requestBody", out var body) ? [.. body.GetProperty("content").EnumerateObject().Select(content => content.Name)] : []);

    private static ApiParameter Read(JsonElement parameter)
    {
        var schema = parameter.GetProperty("schema");
        var isMany = schema.TryGetProperty("items", out var items);
        var value = isMany ? items : schema;
        var example = parameter.TryGetProperty("example", out var given) ? given.ValueKind == JsonValueKind.Array ? given[0].ToString() : given.ToString() : "";
        return new(
            parameter.GetProperty("name").GetString()!,
            value.TryGetProperty("enum", out _) ? "word" : value.GetProperty("type").ToString(),
            isMany,
            parameter.GetProperty("in").GetString() == "path",
            parameter.TryGetProperty("required", out var required) && required.GetBoolean(),
            example);
    }
}

/// <param name="Type"><c>word</c> for an enumeration, otherwise the JSON Schema type.</param>
internal sealed record ApiParameter(string Name, string Type, bool IsMany, bool InPath, bool IsRequired, string Example);
