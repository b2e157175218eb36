namespace CineLedger.Model;

/// <summary>The kinds of findings as the ledger and its outputs write them.</summary>
public static class FindingKindNames
{
    public static IReadOnlyList<string> All { get; } = ["repair", "reject", "drop", "flag"];

    public static string Get(FindingKind kind) => All[(int)kind];
}
