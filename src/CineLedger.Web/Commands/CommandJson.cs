using System.Text.Json;
using System.Text.Json.Serialization;
using CineLedger.Loading;

namespace CineLedger.Web.Commands;

/// <summary>The JSON of requests and events. Both sides are the same program, so it is no public format.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, IncludeFields = true,
    Converters = [typeof(YearSetConverter), typeof(NameSetConverter)])]
[JsonSerializable(typeof(CommandRequest))]
[JsonSerializable(typeof(CommandEvent))]
internal sealed partial class CommandJson : JsonSerializerContext;

/// <summary>Writes years as in <c>--years</c>.</summary>
internal sealed class YearSetConverter : JsonConverter<YearSet>
{
    public override YearSet Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => YearSet.Parse(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, YearSet value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}

/// <summary>Writes a set of names as text.</summary>
internal sealed class NameSetConverter : JsonConverter<IReadOnlySet<string>>
{
    public override IReadOnlySet<string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString()!.Split(',', StringSplitOptions.RemoveEmptyEntries).ToHashSet();

    public override void Write(Utf8JsonWriter writer, IReadOnlySet<string> value, JsonSerializerOptions options) => writer.WriteStringValue(string.Join(',', value));
}
