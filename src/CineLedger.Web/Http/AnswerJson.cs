using System.Text.Json.Serialization;
using CineLedger.Model;
using CineLedger.Reports;

namespace CineLedger.Web.Http;

/// <summary>How documents of the ledger are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(PlainDecimals)])]
[JsonSerializable(typeof(MovieFacts))]
[JsonSerializable(typeof(Snapshot))]
internal sealed partial class AnswerJson : JsonSerializerContext;
