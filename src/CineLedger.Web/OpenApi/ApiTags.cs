using Microsoft.OpenApi;

namespace CineLedger.Web.OpenApi;

/// <summary>The groups of the OpenAPI document with a sentence about each.</summary>
internal static class ApiTags
{
    private static readonly Dictionary<string, string> Descriptions = new()
    {
        ["Reports"] = "The yearly reports by company, by genre, and by company and genre.",
        ["Queries"] = "Any measures by any dimensions, with filters, totals and comparisons.",
        ["Movies"] = "Movies with their amounts and history; adding, changing and deleting single movies.",
        ["Names"] = "Companies and genres, found by a part of their name.",
        ["Findings"] = "What the cleaner repaired, rejected, dropped or flagged.",
        ["Snapshots"] = "The published states of the ledger, and the differences between two of them.",
        ["Events"] = "New snapshots as server-sent events.",
        ["Loads"] = "Past and running loads; starting a load.",
        ["Webhooks"] = "Signed messages to other programs about new snapshots and failed loads.",
        ["SQL"] = "One read-only SQL statement, if the server allows it.",
        ["Health"] = "Whether the server runs, and whether it can answer.",
    };

    /// <summary>Creates the tags of a document's operations, in the order in which they are mapped; the server's health comes last.</summary>
    public static HashSet<OpenApiTag> Create(OpenApiDocument document) =>
        [.. document.Paths.Values.SelectMany(path => path.Operations!.Values).SelectMany(operation => operation.Tags ?? new HashSet<OpenApiTagReference>())
            .Select(tag => tag.Name!).Distinct().OrderBy(name => name == "Health").Select(name => new OpenApiTag { Name = name, Description = Descriptions[name] })];
}
