using System.Text.Json.Serialization;

namespace CineLedger.Web.Reports;

/// <summary>The JSON serialization of the list of reports.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IReadOnlyList<ReportLink>))]
internal sealed partial class ReportJson : JsonSerializerContext;
