using Microsoft.OpenApi;

namespace CineLedger.Web.OpenApi;

/// <summary>The tags of the OpenAPI document and their descriptions.</summary>
internal static class ApiTags
{
    private static readonly Dictionary<string, string> Descriptions = new()
    {
        ["Reports"] = "The yearly reports by company, by genre, and by company and genre.",
        ["Queries"] = "Any combination of measures, grouped by any dimensions, with filters, totals and comparisons.",
        ["Movies"] = "Movies with their amounts and history; adding, changing and deleting single movies.",
        ["Names"] = "Companies, studios and genres, searchable by part of their name; the list of studios.",
        ["Findings"] = "What cleaning repaired, rejected, dropped or flagged.",
        ["Snapshots"] = "The published states of the ledger, and the differences between two of them.",
        ["Events"] = "New snapshots as server-sent events.",
        ["Loads"] = "Past and running loads; starting a load.",
        ["Webhooks"] = "Signed messages to other programs about new snapshots and failed loads.",
        ["SQL"] = "One read-only SQL statement, if the server allows it.",
        ["Health"] = "Whether the server is running and can serve requests.",
    };

    /// <summary>Creates the tags of a document's operations in the order in which they are mapped, with health last.</summary>
    public static HashSet<OpenApiTag> Create(OpenApiDocument document) =>
        [.. document.Paths.Values.SelectMany(path => path.Operations!.Values).SelectMany(operation => operation.Tags ?? new HashSet<OpenApiTagReference>())
            .Select(tag => tag.Name!).Distinct().OrderBy(name => name == "Health").Select(name => new OpenApiTag { Name = name, Description = Descriptions[name] })];
}
