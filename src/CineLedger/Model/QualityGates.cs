namespace CineLedger.Model;

/// <summary>A quality gate: a check that keeps a load unpublished until someone accepts it by name.</summary>
/// <param name="Name">The name in <c>--accept</c> and in load records. It must not change.</param>
/// <param name="Meaning">When it stops a load, as one sentence.</param>
public sealed record QualityGate(string Name, string Meaning);

/// <summary>The list of gates, read by everything that checks, accepts or documents them.</summary>
public static class QualityGates
{
    public const string Rejects = "rejects";
    public const string FieldRejects = "field-rejects";
    public const string Shrink = "shrink";
    public const string Coverage = "coverage";
    public const string Changed = "changed";
    public const string Amounts = "amounts";
    public const string Names = "names";
    public const string Duplicates = "duplicates";
    public const string Kind = "kind";

    /// <summary>All gates, in the order of docs/gates.md.</summary>
    public static IReadOnlyList<QualityGate> All { get; } =
    [
        new(Rejects, "Too many records were rejected, or movies of the ledger disappeared with them."),
        new(FieldRejects, "More than 5 % of a column's values were rejected."),
        new(Shrink, "Movies of the ledger are missing from the dataset."),
        new(Coverage, "A column or list is known for fewer movies than before, overall or within a decade; in a first load, for hardly any."),
        new(Changed, "Known values of a column, or names of a list, differ for more than a tenth of the movies that had them."),
        new(Amounts, "Amounts, runtimes, popularity or votes changed by a large factor, or do not fit their column."),
        new(Names, "Genres or companies multiplied, were renamed or shrank to a few, or one value appears nearly everywhere."),
        new(Duplicates, "The same movies appear under several IDs."),
        new(Kind, "The file is not a movies file: it has no dates, amounts or lists."),
    ];

    public static IReadOnlyList<string> AllNames { get; } = [.. All.Select(gate => gate.Name)];

    /// <summary>Parses names separated by commas. Throws <see cref="UsageException"/> for an unknown one.</summary>
    public static IReadOnlySet<string> Parse(string text)
    {
        var names = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return Array.Find(names, name => !AllNames.Contains(name)) is { } unknown
            ? throw new UsageException($"--accept: there is no gate '{unknown}'; the gates are {string.Join(", ", AllNames)}.")
            : names.ToHashSet(StringComparer.Ordinal);
    }
}

/// <summary>A gate that stopped a load, or would have stopped it if it had not been accepted.</summary>
/// <param name="Gate">The gate's name.</param>
/// <param name="Column">The affected column or list, as the dataset calls it; null if the gate concerns whole records.</param>
/// <param name="Message">What was found, with the previous and the current figures and up to three examples; without a final period.</param>
public sealed record GateViolation(string Gate, string? Column, string Message)
{
    /// <summary>Who accepted the gate; null if the violation stopped the load.</summary>
    public string? AcceptedBy { get; init; }
}
