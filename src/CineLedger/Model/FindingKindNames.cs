namespace CineLedger.Model;

/// <summary>The names of finding kinds in the ledger and in all outputs.</summary>
public static class FindingKindNames
{
    public static IReadOnlyList<string> All { get; } = ["repair", "reject", "drop", "flag"];

    public static string GetName(FindingKind kind) => All[(int)kind];
}
