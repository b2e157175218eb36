namespace CineLedger.Reports.Profile;

/// <summary>Budgets and revenues in whole US dollars.</summary>
/// <param name="LargestBudgets">The ten largest, the largest first.</param>
/// <param name="LargestRevenues">The ten largest, the largest first.</param>
/// <param name="Sizes">How many amounts have one digit, two digits …: from the shortest that there is to the longest.</param>
/// <param name="Suspicious">What is suspicious of amounts, a rule each; rules that nothing fits are there, too.</param>
public sealed record AmountProfile(
    IReadOnlyList<MovieAmounts> LargestBudgets,
    IReadOnlyList<MovieAmounts> LargestRevenues,
    IReadOnlyList<AmountSize> Sizes,
    IReadOnlyList<SuspiciousAmounts> Suspicious);

/// <summary>A movie and its amounts; null for unknown.</summary>
public sealed record MovieAmounts(long MovieId, string? Title, int? Year, long? Budget, long? Revenue);

/// <summary>Amounts of as many digits: 3 for 100 to 999 dollars.</summary>
public sealed record AmountSize(int Digits, long Budgets, long Revenues);

/// <summary>A reason to look at amounts again.</summary>
/// <param name="Rule">Its name: see <see cref="AmountRules"/>.</param>
/// <param name="Explanation">What is suspicious, in a sentence.</param>
/// <param name="Movies">How many movies it is true of.</param>
/// <param name="Examples">At most six of them, the most striking first.</param>
public sealed record SuspiciousAmounts(string Rule, string Explanation, long Movies, IReadOnlyList<MovieAmounts> Examples);

/// <summary>The names of the rules by which amounts are suspicious: a contract that scripts filter by.</summary>
public static class AmountRules
{
    /// <summary>The cleaning rule of the same name.</summary>
    public const string Suspicious = Model.Rules.SuspiciousAmount;
    public const string Equal = "equal-amounts";
    public const string Shared = "shared-amount";
    public const string Outlier = "return-outlier";

    /// <summary>What the rules of the shape of amounts leave to <see cref="Suspicious"/>: amounts below a thousand dollars.</summary>
    internal const long MinAmount = Cleaning.AmountParser.Suspicious;
}
