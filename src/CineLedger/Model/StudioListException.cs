namespace CineLedger.Model;

/// <summary>A list of studios is invalid and was not used. The message states the first problem and how many there are.</summary>
/// <param name="name">The list's name.</param>
/// <param name="problems">One sentence for each problem, at least one.</param>
public sealed class StudioListException(string name, IReadOnlyList<string> problems) : LedgerException(
    problems.Count == 1 ? $"{name}, {problems[0]}" : FormattableString.Invariant($"{name} has {problems.Count} problems: {string.Join(" ", problems.Take(MaxShown))}{(problems.Count > MaxShown ? " …" : "")}"))
{
    private const int MaxShown = 3;

    /// <summary>All problems, in order of lines.</summary>
    public IReadOnlyList<string> Problems => problems;
}
