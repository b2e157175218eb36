using CineLedger.Model;

namespace CineLedger.Web.Dashboard.Quality;

/// <summary>Descriptions of rules and kinds of findings, as in docs/cleaning.md.</summary>
public static class RuleDescriptions
{
    private static readonly Dictionary<string, (string Title, string Meaning)> Kinds = new(StringComparer.Ordinal)
    {
        ["repair"] = ("Repaired", "the corrected value is in the ledger"),
        ["reject"] = ("Rejected", "invalid: the record is not used, or its field is unknown"),
        ["drop"] = ("Dropped", "not used: another record describes the same movie, or the movie is marked as deleted"),
        ["flag"] = ("Flagged", "kept unchanged, but should be checked"),
    };

    /// <summary>Returns one or two sentences about a rule; for an unknown rule its name.</summary>
    public static string GetDescription(string rule) => Rules.Find(rule)?.Meaning ?? rule;

    /// <summary>Returns the heading of a kind of finding: <c>Repaired</c>.</summary>
    public static string GetKindTitle(string kind) => Kinds.TryGetValue(kind, out var known) ? known.Title : kind;

    /// <summary>Returns what a kind of finding means.</summary>
    public static string GetKindDescription(string kind) => Kinds.TryGetValue(kind, out var known) ? known.Meaning : kind;
}
