using System.Text.Json.Serialization;

namespace CineLedger.Web.Reports;

/// <summary>How the list of reports is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IReadOnlyList<ReportLink>))]
internal sealed partial class ReportJson : JsonSerializerContext;
