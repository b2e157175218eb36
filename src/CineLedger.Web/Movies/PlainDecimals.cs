using System.Text.Json;
using System.Text.Json.Serialization;

namespace CineLedger.Web.Movies;

/// <summary>Writes decimals without the zeros that a column's fixed places fill up: 7.7, not 7.700000.</summary>
internal sealed class PlainDecimals : JsonConverter<decimal>
{
    /// <summary>Dividing by it leaves the value as it is and takes the zeros away.</summary>
    private const decimal One = 1.000000000000000000000000000000m;

    public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDecimal();

    public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) => writer.WriteNumberValue(value / One);
}
