using System.Globalization;
using CineLedger.Model;

namespace CineLedger.Reports.Queries;

/// <summary>Consecutive years with a first and a last one.</summary>
public sealed record YearSpan(int First, int Last)
{
    /// <summary>The maximum number of years that growth can cover.</summary>
    public const int MaxYears = 300;

    public int Years => Last - First + 1;

    /// <summary>Returns the span that the filters on years and decades select; null when they select no consecutive years with two ends.</summary>
    public static YearSpan? Find(IReadOnlyList<QueryFilter> where)
    {
        var filters = where.Where(filter => filter.Field.Form is ValueForm.Year or ValueForm.Decade && filter.Operator != FilterOperator.Known).ToList();
        if (filters.Exists(filter => filter.Operator is FilterOperator.NotEqual or FilterOperator.Unknown)
            || filters.Count(filter => filter.Operator == FilterOperator.Equal) > 1)
        {
            return null;
        }

        var first = filters.Select(GetFirst).OfType<int>().DefaultIfEmpty(int.MinValue).Max();
        var last = filters.Select(GetLast).OfType<int>().DefaultIfEmpty(int.MaxValue).Min();
        return first > int.MinValue && last < int.MaxValue ? new YearSpan(first, last) : null;
    }

    /// <summary>Returns the filters of a range of years, as users write them. Throws <see cref="UsageException"/> when it is empty.</summary>
    public static IReadOnlyList<string> FormatFilters(int? from, int? to) => (from, to) switch
    {
        (null, null) => [],
        ({ } first, null) => [string.Create(CultureInfo.InvariantCulture, $"year>={first}")],
        (null, { } last) => [string.Create(CultureInfo.InvariantCulture, $"year<={last}")],
        ({ } first, { } last) when first > last =>
            throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--from {first} must not be after --to {last}.")),
        ({ } first, { } last) => [string.Create(CultureInfo.InvariantCulture, $"year={first}..{last}")],
    };

    /// <summary>
    /// Returns the conditions of the years from <paramref name="from"/> to <paramref name="to"/>. Throws <see cref="UsageException"/> for an empty range and for years that
    /// are none.
    /// </summary>
    public static IReadOnlyList<QueryFilter> CreateFilters(int? from, int? to)
    {
        CheckYear("--from", from);
        CheckYear("--to", to);
        return
        [
            .. FormatFilters(from, to).SelectMany(FilterFields.Parse)
                .Select(filter => filter with { Option = filter.Operator == FilterOperator.LessOrEqual ? "--to" : "--from" }),
        ];
    }

    private static void CheckYear(string option, int? year)
    {
        if (year is < FilterValues.FirstYear or > 9999)
        {
            throw new UsageException(FormattableString.Invariant($"{option}: {year} is not a valid year; use a year from {FilterValues.FirstYear}, such as 1995."));
        }
    }

    private static int? GetFirst(QueryFilter filter) => filter.Operator switch
    {
        FilterOperator.Equal or FilterOperator.GreaterOrEqual => (int)filter.Value!,
        FilterOperator.Greater => (int)filter.Value! + GetLength(filter),
        _ => null,
    };

    private static int? GetLast(QueryFilter filter) => filter.Operator switch
    {
        FilterOperator.Equal or FilterOperator.LessOrEqual => (int)filter.Value! + GetLength(filter) - 1,
        FilterOperator.Less => (int)filter.Value! - 1,
        _ => null,
    };

    private static int GetLength(QueryFilter filter) => filter.Field.Form == ValueForm.Decade ? 10 : 1;
}
