namespace CineLedger.Reports.Queries;

/// <summary>A condition on movies: a field, and what is asked of it.</summary>
/// <param name="Field">A dimension, or an amount or date of a movie.</param>
/// <param name="Operator">What is asked.</param>
/// <param name="Value">The value's key, as <see cref="ValueForm"/> has it; null for <see cref="FilterOperator.Known"/> and <see cref="FilterOperator.Unknown"/>.</param>
public sealed record QueryFilter(FilterField Field, FilterOperator Operator, object? Value)
{
    /// <summary>Whether a key fulfils the condition. Unknown values fulfil none of those that compare.</summary>
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
        _ => throw new InvalidOperationException($"no values are compared by {Operator}"),
    };

    internal int Compare(object key) => ((IComparable)key).CompareTo(Value);
}

public enum FilterOperator
{
    /// <summary>Several on one field: any of the values.</summary>
    Equal,

    /// <summary>Several on one field: none of the values.</summary>
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Known,
    Unknown,
}

/// <summary>What can be filtered by: a dimension, or a value of the movie's own.</summary>
public sealed record FilterField(string Name, ValueForm Form)
{
    internal Dimension? Dimension { get; init; }
    internal MovieValue? Movie { get; init; }
}
