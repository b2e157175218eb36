using CineLedger.Export;
using CineLedger.Web.Parameters;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace CineLedger.Web.Answers;

/// <summary>The formats of answers: their words in <c>format</c>, and their media types.</summary>
public static class Formats
{
    private static readonly (OutputFormat Format, string Name, string MediaType)[] All =
    [
        (OutputFormat.Json, "json", "application/json"),
        (OutputFormat.Ndjson, "ndjson", "application/x-ndjson"),
        (OutputFormat.Csv, "csv", "text/csv"),
        (OutputFormat.Parquet, "parquet", "application/vnd.apache.parquet"),
        (OutputFormat.Arrow, "arrow", "application/vnd.apache.arrow.file"),
        (OutputFormat.Xlsx, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (OutputFormat.Md, "md", "text/markdown"),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(known => known.Name)];

    public static IReadOnlyList<string> MediaTypes { get; } = [.. All.Select(known => known.MediaType)];

    public static string NameOf(OutputFormat format) => All.Single(known => known.Format == format).Name;

    public static string ContentTypeOf(OutputFormat format) => format switch
    {
        OutputFormat.Csv => "text/csv; charset=utf-8; header=present",
        OutputFormat.Md => "text/markdown; charset=utf-8",
        OutputFormat.Json => "application/json; charset=utf-8",
        _ => All.Single(known => known.Format == format).MediaType,
    };

    /// <summary>
    /// What <c>format</c> says, else the most wanted of what <c>Accept</c> names, else JSON. Throws <see cref="ProblemException"/> where only
    /// other formats would be accepted.
    /// </summary>
    /// <param name="values">Of the request.</param>
    /// <param name="request">Of which the header is read.</param>
    /// <param name="documentsOnly">The answer is no table: it can be had as JSON alone.</param>
    public static OutputFormat Choose(ParameterValues values, HttpRequest request, bool documentsOnly)
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

        if (!MediaTypeHeaderValue.TryParseList(accept, out var wanted))
        {
            throw Problems.NotAcceptable(accept.ToString());
        }

        foreach (var type in wanted.Where(type => type.Quality is not 0).OrderByDescending(type => type.Quality ?? 1))
        {
            foreach (var known in documentsOnly ? All[..1] : All)
            {
                if (Accepts(type, known.MediaType))
                {
                    return known.Format;
                }
            }
        }

        throw Problems.NotAcceptable(accept.ToString());
    }

    private static bool Accepts(MediaTypeHeaderValue wanted, string mediaType)
    {
        if (wanted.MatchesAllTypes || wanted.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        return wanted.MatchesAllSubTypes && wanted.Type.Equals(mediaType[..mediaType.IndexOf('/', StringComparison.Ordinal)], StringComparison.OrdinalIgnoreCase);
    }
}
