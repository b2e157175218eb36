using System.Text.Json;
using System.Text.Json.Serialization;

namespace CineLedger.Web.Movies;

/// <summary>Writes decimals without the trailing zeros of a column's fixed scale: 7.7, not 7.700000.</summary>
internal sealed class PlainDecimals : JsonConverter<decimal>
{
    /// <summary>Dividing by this number removes the trailing zeros without changing the value.</summary>
    private const decimal One = 1.000000000000000000000000000000m;

    public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDecimal();

    public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) => writer.WriteNumberValue(value / One);
}
