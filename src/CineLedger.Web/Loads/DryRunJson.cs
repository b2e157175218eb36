using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CineLedger.Loading;
using CineLedger.Web.Http;

namespace CineLedger.Web.Loads;

/// <summary>Writes the result of a dry run as JSON, <c>{ "data": { … } }</c>, with the fields of <c>dryRun</c> in the API.</summary>
public static class DryRunJson
{
    private static readonly DryRunJsonContext Readable = new(new(DryRunJsonContext.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Returns the text in UTF-8.</summary>
    public static byte[] Write(DryRun run) => [.. JsonSerializer.SerializeToUtf8Bytes(new DataResponse<DryRun>(run), Readable.DataResponseDryRun), (byte)'\n'];
}

/// <summary>The JSON serialization of dry runs from the command line.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(DataResponse<DryRun>))]
internal sealed partial class DryRunJsonContext : JsonSerializerContext;
