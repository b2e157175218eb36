namespace CineLedger.Model;

/// <summary>A list of studios is invalid and was not used. The message states the only problem, or how many there are and the first one.</summary>
/// <param name="name">The list's name.</param>
/// <param name="problems">One sentence for each problem, at least one.</param>
public sealed class StudioListException(string name, IReadOnlyList<string> problems) : LedgerException(
    problems.Count == 1 ? $"{name}, {problems[0]}" : FormattableString.Invariant($"{name} has {problems.Count} problems, and nothing of it was used; the first: {problems[0]}"))
{
    /// <summary>The number of problems that are shown to a user at once.</summary>
    private const int MaxShown = 50;

    /// <summary>All problems, in order of lines.</summary>
    public IReadOnlyList<string> Problems => problems;

    /// <summary>Returns a line for each problem, at most 50, and the number of the others.</summary>
    public static IEnumerable<string> Limit(IReadOnlyList<string> problems) =>
        problems.Count <= MaxShown ? problems : problems.Take(MaxShown).Append(FormattableString.Invariant($"… and {problems.Count - MaxShown:N0} more"));
}
