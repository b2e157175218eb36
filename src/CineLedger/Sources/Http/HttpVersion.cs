using System.Globalization;
using System.Net.Http.Headers;

namespace CineLedger.Sources.Http;

/// <summary>
/// What a server says that tells this version from another. As text it is the dataset's version, to be remembered and sent
/// back with the next request: <c>"33a64df5"|2024-05-01T10:00:00Z</c>, either side possibly empty.
/// </summary>
internal sealed record HttpVersion(EntityTagHeaderValue? EntityTag, DateTimeOffset? LastModified)
{
    private const string DateFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    public static HttpVersion FromResponse(HttpResponseMessage response) =>
        new(response.Headers.ETag, response.Content.Headers.LastModified);

    /// <summary>Null where the text is not of an HTTP version: remembered of another kind of place, perhaps.</summary>
    public static HttpVersion? Parse(string? text)
    {
        // An entity tag may hold a bar, a date may not.
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

    /// <summary>Null where the server says nothing of the kind.</summary>
    public string? ToText() => EntityTag is null && LastModified is null
        ? null
        : $"{EntityTag}|{LastModified?.UtcDateTime.ToString(DateFormat, CultureInfo.InvariantCulture)}";

    /// <summary>What a Range may hang on. A weak tag will not do: it promises the same meaning, not the same bytes. Null where
    /// nothing will do.</summary>
    public RangeConditionHeaderValue? RangeCondition => this switch
    {
        { EntityTag: { IsWeak: false } tag } => new RangeConditionHeaderValue(tag),
        { EntityTag: null, LastModified: { } date } => new RangeConditionHeaderValue(date),
        _ => null,
    };
}
