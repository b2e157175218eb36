using System.Text;

namespace CineLedger.Sources;

/// <summary>
/// A column name as in a header, in a form for comparison: lowercase, with one underscore for spaces, hyphens and underscores, and without a unit.
/// <c>Release Date</c> and <c>release-date</c> are <c>release_date</c>; <c>Budget (Millions)</c> is <c>budget</c>. Other text in parentheses makes it a different column:
/// <c>Budget (EUR)</c>, <c>Revenue (Domestic)</c>, <c>Runtime (hours)</c>.
/// </summary>
/// <param name="Text">The name for comparison; empty for an index column without a name.</param>
/// <param name="HasUnit">Whether the name gives a unit.</param>
/// <param name="Dollars">The dollars in the unit of an amount: 1,000,000 for <c>Budget (Millions)</c>; otherwise 1.</param>
internal readonly record struct ColumnName(string Text, bool HasUnit, int Dollars)
{
    /// <summary>The name that pandas gives to a column without a name: <c>Unnamed: 0</c>.</summary>
    private const string Unnamed = "unnamed:";

    /// <summary>The unit of runtimes.</summary>
    private static readonly string[] Minutes = ["min", "mins", "min.", "minute", "minutes"];

    /// <summary>The name without underscores, since <c>VoteCount</c> has none: <c>votecount</c>.</summary>
    public string Compact => Text.Replace("_", "", StringComparison.Ordinal);

    public static ColumnName Parse(string header)
    {
        var name = AmountUnits.SplitColumnName(header, out var dollars);
        var hasUnit = name != header;
        name = name.Trim();
        if (name is [.., ')' or ']'] && name.LastIndexOfAny(['(', '[']) is > 0 and var start
            && Minutes.Contains(name[(start + 1)..^1].Replace("in ", "", StringComparison.OrdinalIgnoreCase).Trim(), StringComparer.OrdinalIgnoreCase))
        {
            (name, hasUnit) = (name[..start], true);
        }

        var text = new StringBuilder(name.Length);
        foreach (var letter in name)
        {
            if (letter is not ('_' or '-') && !char.IsWhiteSpace(letter))
            {
                text.Append(char.ToLowerInvariant(letter));
            }
            else if (text.Length > 0 && text[^1] != '_')
            {
                text.Append('_');
            }
        }

        var normalized = text.ToString().TrimEnd('_');
        return new(normalized.StartsWith(Unnamed, StringComparison.Ordinal) ? "" : normalized, hasUnit, dollars);
    }
}
