using System.Text.Json.Serialization;
using CineLedger.Loading;
using CineLedger.Model;
using CineLedger.Web.Errors;

namespace CineLedger.Web.Loads;

/// <summary>A request to start a load.</summary>
internal sealed record LoadRequest
{
    /// <summary>The path or address; null for an upload.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Source { get; init; }

    /// <summary>The ID of an uploaded file; null for a path or address.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Upload { get; init; }

    /// <summary>Whether to report only what the load would do.</summary>
    public bool DryRun { get; init; }

    public bool Merge { get; init; }

    /// <summary>The years of release, in the form of <c>--years</c>; null for all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Years { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Only { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Skip { get; init; }

    public bool AllowShrink { get; init; }

    /// <summary>The maximum share of rejected records; null for the defaults.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? MaxRejects { get; init; }

    /// <summary>The gates that do not stop the load; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Accept { get; init; }

    /// <summary>Converts the request to options. Throws a <see cref="ProblemException"/> for invalid values.</summary>
    /// <param name="caller">Who accepts gates: the name of the caller's key.</param>
    public LoadOptions ToOptions(string caller) => new()
    {
        IsMerge = Merge,
        Years = ParseYears(Years, Merge),
        AllowsShrink = AllowShrink,
        MaxRejects = MaxRejects is null or (>= 0 and <= 1) ? MaxRejects : throw Problems.InvalidParameter("maxRejects", "the share must be between 0 and 1."),
        AcceptedGates = ParseGates(Accept ?? []),
        AcceptedBy = caller,
        Parts = DatasetPartNames.Select(ParseParts("only", Only), ParseParts("skip", Skip)),
        RequiresParts = Only is not null,
    };

    private static HashSet<string> ParseGates(IReadOnlyList<string> names) =>
        names.FirstOrDefault(name => !QualityGates.AllNames.Contains(name)) is { } unknown
            ? throw Problems.InvalidParameter("accept", $"'{unknown}' is not one of {string.Join(", ", QualityGates.AllNames)}.")
            : [.. names];

    private static YearSet? ParseYears(string? text, bool merge)
    {
        try
        {
            return text is null ? null
                : merge ? YearSet.Parse(text)
                : throw Problems.InvalidParameter("years", "requires \"merge\": true, because movies of other years are kept.");
        }
        catch (UsageException)
        {
            throw Problems.InvalidParameter("years", "the value is not a list of years; use 2016, 2010-2016 or 2010,2012-2014.");
        }
    }

    private static DatasetParts? ParseParts(string field, IReadOnlyList<string>? words)
    {
        if (words is null)
        {
            return null;
        }

        var parts = DatasetParts.None;
        foreach (var word in words)
        {
            parts |= DatasetPartNames.Find(word ?? "") is var part and not DatasetParts.None
                ? part
                : throw Problems.InvalidParameter(field, $"'{word}' is not one of {string.Join(", ", DatasetPartNames.All)}.");
        }

        return parts == DatasetParts.None
            ? throw Problems.InvalidParameter(field, $"the list is empty: choose from {string.Join(", ", DatasetPartNames.All)}, or omit the field.")
            : parts;
    }
}
