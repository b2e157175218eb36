using System.Text.Json.Serialization;
using CineLedger.Reports.Studios;
using CineLedger.Web.Http;

namespace CineLedger.Web.Studios;

/// <summary>The JSON serialization of the response to a new list of studios.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DataResponse<StudioListView>))]
internal sealed partial class StudioJson : JsonSerializerContext
{
    /// <inheritdoc cref="ReadableJson"/>
    public static StudioJson Readable => field ??= new(ReadableJson.WithReadableText(Default.Options));
}

/// <summary>The result of replacing or checking the list of studios.</summary>
/// <param name="Snapshot">The newest snapshot.</param>
/// <param name="Changed">Whether the list differed from the ledger's.</param>
/// <param name="Lines">The number of lines.</param>
/// <param name="Unsourced">Those without a source.</param>
/// <param name="Studios">The number of studios with companies of the ledger.</param>
/// <param name="Companies">The number of these companies.</param>
/// <param name="Unknown">The number of names that are not companies of the ledger.</param>
internal sealed record StudioListView(int Snapshot, bool Changed, int Lines, int Unsourced, int Studios, int Companies, int Unknown)
{
    public static StudioListView Create(StudioListReport report) => new(
        report.Snapshot.Id, report.IsChanged, report.Totals.Lines, report.Unsourced, report.Totals.Studios, report.Totals.Companies, report.UnknownNames);
}
