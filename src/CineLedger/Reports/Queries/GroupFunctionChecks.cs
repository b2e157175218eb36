using CineLedger.Model;

namespace CineLedger.Reports.Queries;

/// <summary>Checks that a function over groups fits its measure and the query.</summary>
internal static class GroupFunctionChecks
{
    /// <summary>Throws <see cref="UsageException"/>, which says what to change, when the function does not fit.</summary>
    public static void Check(QueryRequest query, AppliedFunction applied)
    {
        if (query.By.Count == 0)
        {
            throw new UsageException($"--measure: {applied} compares groups; add dimensions with --by.");
        }

        var (function, of) = (applied.Function, applied.Of);
        if (function.NeedsSum && !of.IsAdditive(query))
        {
            throw new UsageException($"--measure: {applied} needs a count or a sum, such as {function.Name}(revenue:sum), because other values do not add up to a total.");
        }

        if (function.Scope is GroupScope.SelectedPeriods or GroupScope.EarlierPeriods)
        {
            CheckPeriod(query, applied);
        }

        if (function.Scope == GroupScope.SelectedPeriods && of.Measure.IsDecimal)
        {
            throw new UsageException($"--measure: {applied} needs whole numbers, because the last digits of added decimals differ from engine to engine.");
        }
    }

    private static void CheckPeriod(QueryRequest query, AppliedFunction applied)
    {
        var isYearly = applied.Function is { Scope: GroupScope.EarlierPeriods, Earlier: 0 };
        if (RowPeriod.Find(query.By) is not { } period || (isYearly && period.YearStep is null))
        {
            throw new UsageException($"--measure: {applied} compares periods; add year, quarter{(isYearly ? " or month" : ", month or decade")} to --by.");
        }

        // A filter within a period would leave a part of the row's movies out, and other parts of the earlier ones.
        var partial = query.Where.FirstOrDefault(filter => filter.Operator != FilterOperator.Known
            && (filter.Field.Form == ValueForm.Date || (RowPeriod.Find([filter.Field.Dimension ?? query.By[period.Index]]) is { } other && !period.Determines(other.Form))));
        if (partial is not null && applied.Function.Scope == GroupScope.EarlierPeriods)
        {
            var form = query.By[period.Index].Name;
            throw new UsageException($"--measure: {applied} compares whole periods, but the filter by {partial.Field.Name} selects a part of a {form}; filter by {form} instead.");
        }
    }
}
