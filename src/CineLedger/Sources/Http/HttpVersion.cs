using System.Globalization;
using System.Net.Http.Headers;

namespace CineLedger.Sources.Http;

/// <summary>
/// The version of a file as stated by an HTTP server. Its text form is the dataset's version, which is stored and sent with the next request:
/// <c>"33a64df5"|2024-05-01T10:00:00Z</c>. Either side may be empty.
/// </summary>
internal sealed record HttpVersion(EntityTagHeaderValue? EntityTag, DateTimeOffset? LastModified)
{
    private const string DateFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    public static HttpVersion FromResponse(HttpResponseMessage response) =>
        new(response.Headers.ETag, response.Content.Headers.LastModified);

    /// <summary>Returns null if the text is not an HTTP version, for example the version of another kind of source.</summary>
    public static HttpVersion? Parse(string? text)
    {
        // An entity tag may contain a bar; a date does not.
        var bar = text?.LastIndexOf('|') ?? -1;
        if (bar < 0)
        {
            return null;
        }

        EntityTagHeaderValue? entityTag = null;
        if (bar > 0 && !EntityTagHeaderValue.TryParse(text![..bar], out entityTag))
        {
            return null;
        }

        const DateTimeStyles utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (DateTimeOffset.TryParseExact(text![(bar + 1)..], DateFormat, CultureInfo.InvariantCulture, utc, out var date))
        {
            return new HttpVersion(entityTag, date);
        }

        return bar == text.Length - 1 && entityTag is not null ? new HttpVersion(entityTag, null) : null;
    }

    /// <summary>Returns null if the server states no version.</summary>
    public string? ToText() => EntityTag is null && LastModified is null
        ? null
        : $"{EntityTag}|{LastModified?.UtcDateTime.ToString(DateFormat, CultureInfo.InvariantCulture)}";

    /// <summary>The condition for a Range request; null if none is usable. A weak tag is not, since it guarantees the same meaning but not the same
    /// bytes.</summary>
    public RangeConditionHeaderValue? RangeCondition => this switch
    {
        { EntityTag: { IsWeak: false } tag } => new RangeConditionHeaderValue(tag),
        { EntityTag: null, LastModified: { } date } => new RangeConditionHeaderValue(date),
        _ => null,
    };
}
