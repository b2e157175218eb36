namespace CineLedger.Model;

/// <summary>Budgets and revenues in whole US dollars.</summary>
/// <param name="LargestBudgets">The ten largest, the largest first.</param>
/// <param name="LargestRevenues">The ten largest, the largest first.</param>
/// <param name="Sizes">The number of amounts by number of digits, from the shortest to the longest.</param>
/// <param name="Suspicious">Suspicious amounts, one entry per rule, including rules without matches.</param>
public sealed record AmountProfile(
    IReadOnlyList<MovieAmounts> LargestBudgets,
    IReadOnlyList<MovieAmounts> LargestRevenues,
    IReadOnlyList<AmountSize> Sizes,
    IReadOnlyList<SuspiciousAmounts> Suspicious);

/// <summary>A movie and its amounts; null for unknown.</summary>
public sealed record MovieAmounts(long MovieId, string? Title, int? Year, long? Budget, long? Revenue);

/// <summary>The number of amounts with the same number of digits; 3 digits are 100 to 999 dollars.</summary>
public sealed record AmountSize(int Digits, long Budgets, long Revenues);

/// <summary>A reason to review amounts, and the movies it applies to.</summary>
/// <param name="Rule">One of <see cref="AmountRules"/>.</param>
/// <param name="Explanation">What is suspicious, as a sentence.</param>
/// <param name="Movies">The number of movies it applies to.</param>
/// <param name="Examples">At most six of these movies, the most striking first.</param>
public sealed record SuspiciousAmounts(string Rule, string Explanation, long Movies, IReadOnlyList<MovieAmounts> Examples);

/// <summary>The names of the rules that mark amounts as suspicious. They are stable, because scripts filter by them.</summary>
public static class AmountRules
{
    /// <summary>The cleaning rule of the same name.</summary>
    public const string Suspicious = Rules.SuspiciousAmount;
    public const string Equal = "equal-amounts";
    public const string Shared = "shared-amount";
    public const string Outlier = "return-outlier";
}
