using CineLedger.Reports.Queries;

namespace CineLedger.Web.Dashboard.Explore;

/// <summary>A filter, split into the three fields of the form: <c>where=budget&gt;=100M</c> becomes budget, &gt;= and 100M.</summary>
/// <param name="Field">A dimension or a value of a movie, as written; it may be unknown.</param>
/// <param name="Operator">One of <see cref="Comparisons"/>.</param>
/// <param name="Value">Empty for <c>known</c> and <c>unknown</c>.</param>
public sealed record FilterCondition(string Field, string Operator, string Value)
{
    /// <summary>The comparisons in the form, with their labels.</summary>
    public static IReadOnlyList<(string Word, string Title)> Comparisons { get; } =
    [
        ("=", "is"), ("!=", "is not"), (">=", "at least"), ("<=", "at most"), (">", "more than"), ("<", "less than"), ("known", "is known"), ("unknown", "is unknown"),
    ];

    /// <summary>The operators, longest first, as <c>&gt;=</c> starts with <c>&gt;</c>.</summary>
    private static readonly string[] Operators = ["!=", ">=", "<=", "=", ">", "<"];

    private static readonly HashSet<string> TextOperators = [.. FilterFields.All.Where(field => field.Form == ValueForm.Text).Select(field => field.Name)];

    /// <summary>Splits a filter without validating it. Returns null for a text that is not a filter.</summary>
    public static FilterCondition? Parse(string where)
    {
        var text = where.Trim();
        var end = 0;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '_' or '-'))
        {
            end++;
        }

        var (field, rest) = (text[..end], text[end..].Trim());
        if (end == 0)
        {
            return null;
        }

        if (rest is "is known" or "is unknown")
        {
            return new FilterCondition(field, rest["is ".Length..], "");
        }

        var sign = Array.Find(Operators, sign => rest.StartsWith(sign, StringComparison.Ordinal));
        return sign is null ? null : new FilterCondition(field, sign, Unquote(rest[sign.Length..].Trim()));
    }

    /// <summary>Returns the filter for a value of the ledger.</summary>
    public static string Create(string field, string value) => new FilterCondition(field, "=", PageQuery.ToExact(field, value)).ToWhere()!;

    /// <summary>Returns the filter as used in addresses; null when the value is missing.</summary>
    public string? ToWhere() => Operator is "known" or "unknown" ? $"{Field} is {Operator}"
        : Value.Length == 0 ? null
        : $"{Field}{Operator}{(NeedsQuotes ? $"\"{Value}\"" : Value)}";

    /// <summary>Whether the filter restricts the year range, for which the page has separate fields.</summary>
    public bool IsYearRange => Field == "year" && Operator is not ("!=" or "known" or "unknown");

    /// <summary>Texts may start or end with a space, or contain quotes themselves. An equals sign before a name makes it exact.</summary>
    private bool NeedsQuotes => TextOperators.Contains(Field) && (Value != Value.Trim() || Value[0] is '"' or '=');

    private static string Unquote(string value) => value is ['"', .. var inner, '"'] ? inner : value;
}
