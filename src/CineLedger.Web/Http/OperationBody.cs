using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CineLedger.Web.Errors;
using Microsoft.AspNetCore.Http;

namespace CineLedger.Web.Http;

/// <summary>Reads the JSON body of a request and writes the JSON body of its response.</summary>
internal static class OperationBody
{
    /// <summary>More than any valid body needs.</summary>
    private const int MaxBytes = 64 << 10;

    /// <summary>Reads the body. Throws a <see cref="ProblemException"/> for invalid JSON and for fields that are unknown, repeated or of the wrong type.</summary>
    public static async Task<T> ReadAsync<T>(HttpRequest request, JsonTypeInfo<T> type)
        where T : class
    {
        if (!request.HasJsonContentType())
        {
            throw Problems.UnsupportedMediaType($"Content-Type: send the body as application/json, not as '{request.ContentType}'.");
        }

        var body = new MemoryStream();
        var block = new byte[4096];
        int read;
        while ((read = await request.Body.ReadAsync(block, request.HttpContext.RequestAborted)) > 0)
        {
            body.Write(block, 0, read);
            if (body.Length > MaxBytes)
            {
                throw Problems.TooLarge($"the body is larger than {MaxBytes >> 10} KB.");
            }
        }

        try
        {
            return JsonSerializer.Deserialize(body.GetBuffer().AsSpan(0, (int)body.Length), type)
                ?? throw Problems.InvalidBody("it must be an object, not null.", null);
        }
        catch (JsonException error)
        {
            var known = string.Join(", ", type.Properties.Select(property => property.Name));
            var field = error.Path is ['$', '.', .. var path] ? path : null;
            throw Problems.InvalidBody(
                field is null
                    ? $"it must be a JSON object with the fields {known}."
                    : $"{field}: the field is unknown, repeated or has a value of the wrong type; valid fields: {known}.",
                field);
        }
    }

    /// <param name="http">The request.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="value">The value of <c>data</c>.</param>
    /// <param name="type">The JSON metadata of the response.</param>
    public static Task WriteAsync<T>(HttpContext http, int status, T value, JsonTypeInfo<DataResponse<T>> type) =>
        WriteJsonAsync(http, status, new DataResponse<T>(value), type);

    /// <summary>Writes a page of a list.</summary>
    public static Task WriteAsync<T>(HttpContext http, int status, PagedResponse<T> page, JsonTypeInfo<PagedResponse<T>> type) =>
        WriteJsonAsync(http, status, page, type);

    private static async Task WriteJsonAsync<T>(HttpContext http, int status, T value, JsonTypeInfo<T> type)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(value, type);
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = body.Length;

        // The response is only valid at this moment.
        http.Response.Headers.CacheControl = "no-store";
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }
}

/// <summary>The envelope of a response that belongs to no snapshot.</summary>
/// <typeparam name="T">The type of the data.</typeparam>
internal sealed record DataResponse<T>([property: System.Text.Json.Serialization.JsonPropertyName("data")] T Value);

/// <summary>The envelope of a page of a list.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
internal sealed record PagedResponse<T>(IReadOnlyList<T> Data, PagedResponseMeta Meta);

/// <summary>The metadata of a page.</summary>
/// <param name="Next">The cursor of the next page; null on the last.</param>
internal sealed record PagedResponseMeta(string? Next);
