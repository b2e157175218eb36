using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CineLedger.Web.Errors;
using Microsoft.AspNetCore.Http;

namespace CineLedger.Web.Http;

/// <summary>Reads the JSON that a request brings, and writes the JSON that it gets.</summary>
internal static class OperationBody
{
    /// <summary>More than any of them needs.</summary>
    private const int MaxBytes = 64 << 10;

    /// <summary>Throws a <see cref="ProblemException"/> for whatever is not that JSON: a field that is not known, stands there twice or has a wrong type.</summary>
    public static async Task<T> ReadAsync<T>(HttpRequest request, JsonTypeInfo<T> type)
        where T : class
    {
        if (!request.HasJsonContentType())
        {
            throw Problems.UnsupportedMediaType($"Content-Type: the body is taken as application/json, not as '{request.ContentType}'.");
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
            return JsonSerializer.Deserialize(body.GetBuffer().AsSpan(0, (int)body.Length), type) ?? throw Problems.InvalidBody("it is null where an object is meant.", null);
        }
        catch (JsonException error)
        {
            var known = string.Join(", ", type.Properties.Select(property => property.Name));
            var field = error.Path is ['$', '.', .. var path] ? path : null;
            throw Problems.InvalidBody(
                field is null ? $"it is not a JSON object of {known}." : $"{field}: there is no such field, it stands there twice, or its value is of another type; there are {known}.", field);
        }
    }

    /// <param name="http">The answer's request.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="value">What is sent, as <c>data</c>.</param>
    /// <param name="type">How it is written.</param>
    public static Task WriteAsync<T>(HttpContext http, int status, T value, JsonTypeInfo<DataResponse<T>> type) =>
        WriteJsonAsync(http, status, new DataResponse<T>(value), type);

    /// <summary>The same with an envelope of one's own.</summary>
    public static Task WriteAsync<T>(HttpContext http, int status, PagedResponse<T> page, JsonTypeInfo<PagedResponse<T>> type) => WriteJsonAsync(http, status, page, type);

    private static async Task WriteJsonAsync<T>(HttpContext http, int status, T value, JsonTypeInfo<T> type)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(value, type);
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = body.Length;

        // It tells of the server as it is at this moment.
        http.Response.Headers.CacheControl = "no-store";
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }
}

/// <summary>The envelope of an answer that belongs to no snapshot.</summary>
/// <typeparam name="T">What is in it.</typeparam>
internal sealed record DataResponse<T>([property: System.Text.Json.Serialization.JsonPropertyName("data")] T Value);

/// <summary>The same for a part of a list.</summary>
/// <typeparam name="T">What is listed.</typeparam>
internal sealed record PagedResponse<T>(IReadOnlyList<T> Data, PagedResponseMeta Meta);

/// <param name="Next">The cursor of the next page; null on the last.</param>
internal sealed record PagedResponseMeta(string? Next);
