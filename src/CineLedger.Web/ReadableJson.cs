using System.Text.Encodings.Web;
using System.Text.Json;

namespace CineLedger.Web;

/// <summary>JSON with quotes and accents as they are: a response is never part of a page.</summary>
internal static class ReadableJson
{
    public static JsonSerializerOptions WithReadableText(JsonSerializerOptions options) => new(options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
