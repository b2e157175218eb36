namespace CineLedger.Reports.Queries;

/// <summary>The finest calendar period among the dimensions of a query. It determines the coarser ones.</summary>
/// <param name="Index">The place of its dimension.</param>
/// <param name="Form">A decade, year, quarter or month.</param>
internal sealed record RowPeriod(int Index, ValueForm Form)
{
    private static readonly ValueForm[] Forms = [ValueForm.Decade, ValueForm.Year, ValueForm.Quarter, ValueForm.Month];

    /// <summary>The distance between the keys of neighboring periods.</summary>
    public int Step => Form == ValueForm.Decade ? 10 : 1;

    /// <summary>The distance between the keys of a period and the same period a year later; null for decades.</summary>
    public int? YearStep => Form switch { ValueForm.Year => 1, ValueForm.Quarter => 4, ValueForm.Month => 12, _ => null };

    /// <summary>Returns the finest period of a query's dimensions; null without a calendar period.</summary>
    public static RowPeriod? Find(IReadOnlyList<Dimension> by) =>
        by.Select((dimension, i) => new RowPeriod(i, dimension.Form)).Where(period => Forms.Contains(period.Form)).MaxBy(period => Array.IndexOf(Forms, period.Form));

    /// <summary>Returns whether periods of this length lie within a single period of another form.</summary>
    public bool Determines(ValueForm other) => Forms.Contains(other)
        ? Array.IndexOf(Forms, other) <= Array.IndexOf(Forms, Form)
        : other == ValueForm.MonthOfYear && Form == ValueForm.Month;

    /// <summary>Returns the number of years that the given number of earlier periods may begin before a period.</summary>
    public int GetYears(int periods) => Form switch { ValueForm.Decade => 10 * periods, ValueForm.Year => periods, _ => (periods + YearStep!.Value - 1) / YearStep.Value };

    /// <summary>
    /// Returns filters that also include the given number of earlier years, so that rows can be computed from them; null when the filters leave no earlier movies out.
    /// They may include more movies, but never only a part of those of a period that this one determines.
    /// </summary>
    public static IReadOnlyList<QueryFilter>? Extend(IReadOnlyList<QueryFilter> where, int years)
    {
        var periods = where.Where(filter => filter.Field.Dimension is not null && Forms.Contains(filter.Field.Form)).ToList();
        if (periods.All(filter => filter.Operator is FilterOperator.Less or FilterOperator.LessOrEqual or FilterOperator.Known))
        {
            return null;
        }

        var year = FilterFields.All.First(field => field.Form == ValueForm.Year);
        var equal = periods.Where(filter => filter.Operator == FilterOperator.Equal).GroupBy(filter => filter.Field).ToList();
        var first = periods.Where(filter => filter.Operator is FilterOperator.Greater or FilterOperator.GreaterOrEqual).Select(GetYear)
            .Concat(equal.Select(group => group.Min(GetYear)));
        return
        [
            .. where.Except(periods),
            .. periods.Where(filter => filter.Operator is FilterOperator.Less or FilterOperator.LessOrEqual),
            .. first.Select(from => new QueryFilter(year, FilterOperator.GreaterOrEqual, from - years)),
            .. equal.Select(group => new QueryFilter(year, FilterOperator.LessOrEqual, group.Max(GetYear) + (group.Key.Form == ValueForm.Decade ? 9 : 0))),
        ];
    }

    private static int GetYear(QueryFilter filter) => (int)filter.Value! / (filter.Field.Form switch { ValueForm.Quarter => 4, ValueForm.Month => 12, _ => 1 });
}
