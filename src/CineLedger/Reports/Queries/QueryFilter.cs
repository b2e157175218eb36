namespace CineLedger.Reports.Queries;

/// <summary>A condition on a field of movies.</summary>
/// <param name="Field">A dimension or a movie value.</param>
/// <param name="Operator">The comparison.</param>
/// <param name="Value">
/// The value to compare with, as parsed by its <see cref="ValueForm"/>; null for <see cref="FilterOperator.Known"/> and
/// <see cref="FilterOperator.Unknown"/>.
/// </param>
public sealed record QueryFilter(FilterField Field, FilterOperator Operator, object? Value)
{
    /// <summary>The option of conditions in general.</summary>
    internal const string WhereOption = "--where";

    /// <summary>Gets the option that messages about the condition name.</summary>
    internal string Option { get; init; } = WhereOption;

    /// <summary>Gets whether a name stands for nothing but itself: it is neither completed nor questioned. Users write <c>=</c> before it.</summary>
    public bool IsExact { get; private init; }

    /// <summary>Creates a condition on a name as written by a user.</summary>
    /// <param name="field">The field.</param>
    /// <param name="comparison">Equal or not equal.</param>
    /// <param name="text">The name, after <c>=</c> if it is exact.</param>
    /// <param name="option">The option in which it was written.</param>
    internal static QueryFilter CreateName(FilterField field, FilterOperator comparison, string text, string option = WhereOption) =>
        new(field, comparison, text is ['=', _, ..] ? text[1..] : text) { Option = option, IsExact = text is ['=', _, ..] };

    /// <summary>Returns whether a key matches the condition. Unknown values match no comparison.</summary>
    internal bool Matches(object key) => Operator switch
    {
        FilterOperator.Equal => Equals(key, Value),
        FilterOperator.NotEqual => !Equals(key, Value),
        FilterOperator.Less => Compare(key) < 0,
        FilterOperator.LessOrEqual => Compare(key) <= 0,
        FilterOperator.Greater => Compare(key) > 0,
        FilterOperator.GreaterOrEqual => Compare(key) >= 0,
        FilterOperator.Known => true,
        FilterOperator.Unknown => false,
        _ => throw new InvalidOperationException($"{Operator} does not compare values"),
    };

    internal int Compare(object key) => ((IComparable)key).CompareTo(Value);
}

public enum FilterOperator
{
    /// <summary>Several on one field match any of the values.</summary>
    Equal,

    /// <summary>Several on one field exclude all of the values.</summary>
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Known,
    Unknown,
}

/// <summary>A field that can be filtered by: a dimension or a movie value.</summary>
public sealed record FilterField(string Name, ValueForm Form)
{
    /// <summary>Whether a movie can have several values, so that its amounts can be split among them.</summary>
    public bool IsMultiValued => Dimension is { IsMultiValued: true };

    internal Dimension? Dimension { get; init; }
    internal MovieValue? Movie { get; init; }
}
