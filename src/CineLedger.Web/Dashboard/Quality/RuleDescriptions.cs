using CineLedger.Model;

namespace CineLedger.Web.Dashboard.Quality;

/// <summary>What findings mean, in the words of docs/cleaning.md, for who never read it.</summary>
public static class RuleDescriptions
{
    private static readonly Dictionary<string, (string Title, string Meaning)> Kinds = new(StringComparer.Ordinal)
    {
        ["repair"] = ("Repaired", "mended: the value is in the ledger"),
        ["reject"] = ("Rejected", "refused: a record is left out, or a field of it is unknown"),
        ["drop"] = ("Dropped", "surplus: another record describes the same movie"),
        ["flag"] = ("Flagged", "kept as it stands, and pointed at"),
    };

    /// <summary>One or two sentences on a rule; its name for one that this program does not know.</summary>
    public static string GetDescription(string rule) => Rules.Find(rule)?.Meaning ?? rule;

    /// <summary>What became of the data, as a heading: <c>Repaired</c>.</summary>
    public static string GetKindTitle(string kind) => Kinds.TryGetValue(kind, out var known) ? known.Title : kind;

    /// <summary>What that is.</summary>
    public static string GetKindDescription(string kind) => Kinds.TryGetValue(kind, out var known) ? known.Meaning : kind;
}
