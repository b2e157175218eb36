using CineLedger.Export;
using CineLedger.Web.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace CineLedger.Web.Http;

/// <summary>The formats that are available over HTTP, and the choice among them.</summary>
public static class ResponseFormats
{
    private static readonly OutputFormatInfo[] All = [.. OutputFormatInfo.All.Where(known => known.MediaType is not null)];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(known => known.Name)];

    public static IReadOnlyList<string> MediaTypes { get; } = [.. All.Select(known => known.MediaType!).Distinct()];

    /// <summary>The route value with the extension of a path, without its dot.</summary>
    internal const string Extension = "extension";

    /// <summary>Returns the format that the extension of the request's path selects; null without an extension. Throws <see cref="ProblemException"/> when there is none.</summary>
    internal static OutputFormatInfo? FindByExtension(HttpRequest request) => request.RouteValues[Extension] is not string extension
        ? null
        : All.FirstOrDefault(known => known.Extensions.Contains(extension, StringComparer.OrdinalIgnoreCase))
            ?? throw Problems.NotFound($"there is no format with the extension .{extension}: use {string.Join(", ", All.SelectMany(known => known.Extensions).Select(known => $".{known}"))}.");

    /// <summary>
    /// Returns the value of <c>format</c>, otherwise the preferred format of <c>Accept</c>, otherwise JSON. Throws <see cref="ProblemException"/> when
    /// <c>Accept</c> lists no available format.
    /// </summary>
    /// <param name="values">The parameters of the request.</param>
    /// <param name="request">The request, whose <c>Accept</c> header is read.</param>
    /// <param name="documentsOnly">Whether the response is a document, which is only available as JSON.</param>
    public static OutputFormat Select(ParameterValues values, HttpRequest request, bool documentsOnly)
    {
        if (values.Get(CommonParameters.Format) is { } name)
        {
            return All.Single(known => known.Name == name).Format;
        }

        var accept = request.Headers.Accept;
        if (accept.Count == 0 || string.IsNullOrWhiteSpace(accept.ToString()))
        {
            return OutputFormat.Json;
        }

        if (!MediaTypeHeaderValue.TryParseList(accept, out var preferred))
        {
            throw Problems.NotAcceptable(accept.ToString(), MediaTypes);
        }

        foreach (var type in preferred.Where(type => type.Quality is not 0).OrderByDescending(type => type.Quality ?? 1))
        {
            foreach (var known in documentsOnly ? All[..1] : All)
            {
                if (Matches(type, known.MediaType!))
                {
                    return known.Format;
                }
            }
        }

        throw Problems.NotAcceptable(accept.ToString(), MediaTypes);
    }

    private static bool Matches(MediaTypeHeaderValue mediaRange, string mediaType)
    {
        if (mediaRange.MatchesAllTypes || mediaRange.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        return mediaRange.MatchesAllSubTypes
            && mediaRange.Type.Equals(mediaType[..mediaType.IndexOf('/', StringComparison.Ordinal)], StringComparison.OrdinalIgnoreCase);
    }
}
