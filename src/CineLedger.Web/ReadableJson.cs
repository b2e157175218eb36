using System.Text.Encodings.Web;
using System.Text.Json;

namespace CineLedger.Web;

/// <summary>JSON options that do not escape quotes and accents. Escaping is not needed because JSON responses are never embedded in a page.</summary>
internal static class ReadableJson
{
    public static JsonSerializerOptions WithReadableText(JsonSerializerOptions options) => new(options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
