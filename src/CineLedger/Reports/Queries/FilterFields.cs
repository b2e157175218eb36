using CineLedger.Model;

namespace CineLedger.Reports.Queries;

/// <summary>All fields that can be filtered by, and the parser for filters.</summary>
public static class FilterFields
{
    private static readonly (string Text, FilterOperator Operator)[] Operators =
    [
        ("!=", FilterOperator.NotEqual), (">=", FilterOperator.GreaterOrEqual), ("<=", FilterOperator.LessOrEqual),
        ("=", FilterOperator.Equal), (">", FilterOperator.Greater), ("<", FilterOperator.Less),
    ];

    public static IReadOnlyList<FilterField> All { get; } =
    [
        .. Dimensions.All.Select(dimension => new FilterField(dimension.Name, dimension.Form) { Dimension = dimension }),
        .. MovieValues.All.Select(value => new FilterField(value.Name, value.Form) { Movie = value }),
    ];

    /// <summary>
    /// Parses <c>FIELD=VALUE</c> (also != &gt; &gt;= &lt; &lt;=), <c>FIELD=A..B</c> or <c>FIELD=A-B</c> for an inclusive range, <c>FIELD is known</c> or
    /// <c>FIELD is unknown</c>. A name after an equals sign in quotes, as in <c>company="=MGM"</c>, is exact. Throws
    /// <see cref="UsageException"/> when the text is not a filter or the field or value is invalid.
    /// </summary>
    public static IReadOnlyList<QueryFilter> Parse(string text)
    {
        var end = text.AsSpan().TrimStart().IndexOfAnyExcept(NameLetters);
        end = end < 0 ? text.Length : end + (text.Length - text.AsSpan().TrimStart().Length);
        var (name, rest) = (text[..end].Trim(), text[end..].Trim());
        if (rest.ToLowerInvariant() is "is known" or "is unknown")
        {
            return [new QueryFilter(Find(name), rest.EndsWith(" known", StringComparison.OrdinalIgnoreCase) ? FilterOperator.Known : FilterOperator.Unknown, null)];
        }

        var (symbol, comparison) = Operators.FirstOrDefault(known => rest.StartsWith(known.Text, StringComparison.Ordinal));
        if (symbol is null || name.Length == 0)
        {
            throw new UsageException($"--where: '{text}' is not a filter; use FIELD=VALUE, FIELD=A..B or, in quotes, 'FIELD>=VALUE' (also != > < <=), 'FIELD is unknown'.");
        }

        if (rest.StartsWith("==", StringComparison.Ordinal))
        {
            throw new UsageException($"--where: '{text}' has two equals signs; write {name}={rest[2..].Trim()}.");
        }

        var field = Find(name);
        var value = Unquote(rest[symbol.Length..].Trim());
        if (field.Form is ValueForm.Text or ValueForm.YesNo && comparison is not (FilterOperator.Equal or FilterOperator.NotEqual))
        {
            throw new UsageException($"--where: {name} is text and supports only = and !=; '{symbol}' compares numbers and dates.");
        }

        if (field.Form == ValueForm.Text)
        {
            return [QueryFilter.CreateName(field, comparison, value)];
        }

        if (comparison == FilterOperator.Equal && field.Form != ValueForm.YesNo && SplitRange(field.Form, value) is var (from, to))
        {
            return
            [
                new QueryFilter(field, FilterOperator.GreaterOrEqual, FilterValues.Parse(field.Form, name, from)),
                new QueryFilter(field, FilterOperator.LessOrEqual, FilterValues.Parse(field.Form, name, to)),
            ];
        }

        return [new QueryFilter(field, comparison, FilterValues.Parse(field.Form, name, value))];
    }

    /// <summary>Splits <c>A..B</c>, or <c>A-B</c> if it is not a value itself, such as the month 2015-07; null for no range.</summary>
    private static (string From, string To)? SplitRange(ValueForm form, string value)
    {
        if (value.Split("..") is [var from, var to])
        {
            return (from.Trim(), to.Trim());
        }

        for (var at = 1; at < value.Length - 1 && FilterValues.TryParse(form, value) is null; at++)
        {
            if (value[at] is '-' or '–' && FilterValues.TryParse(form, value[..at].Trim()) is not null && FilterValues.TryParse(form, value[(at + 1)..].Trim()) is not null)
            {
                return (value[..at].Trim(), value[(at + 1)..].Trim());
            }
        }

        return null;
    }

    private static readonly System.Buffers.SearchValues<char> NameLetters = System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-0123456789");

    private static FilterField Find(string name) =>
        All.FirstOrDefault(field => field.Name == Dimensions.ToName(name))
        ?? throw new UsageException($"--where: there is no field '{name}'{NearestNames.BuildHint(name, All.Select(field => field.Name))}");

    private static string Unquote(string value) =>
        value is ['"', .. var inner, '"'] ? inner : value;
}
