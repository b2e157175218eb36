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
    internal Dimension? Dimension { get; init; }
    internal MovieValue? Movie { get; init; }
}
