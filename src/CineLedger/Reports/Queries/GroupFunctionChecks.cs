using CineLedger.Model;

namespace CineLedger.Reports.Queries;

/// <summary>Checks that a function over groups fits its measure and the query.</summary>
internal static class GroupFunctionChecks
{
    /// <summary>Throws <see cref="UsageException"/>, which says what to change, when the function does not fit.</summary>
    public static void Check(QueryRequest query, AppliedFunction applied)
    {
        if (applied.Function.Scope == GroupScope.Years)
        {
            CheckYears(query, applied);
        }
        else if (query.By.Count == 0)
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

    private static void CheckYears(QueryRequest query, AppliedFunction applied)
    {
        if (RowPeriod.Find(query.By) is { } period)
        {
            throw new UsageException($"--measure: {applied} is one figure over all years of the query; remove {query.By[period.Index].Name} from --by.");
        }

        if (YearSpan.Find(query.Where) is not { Years: >= 2 and <= YearSpan.MaxYears })
        {
            throw new UsageException(
                $"--measure: {applied} needs consecutive years, at least 2 and at most {YearSpan.MaxYears}, with a first and a last one; add --from 2000 --to 2009, for example.");
        }

        var partial = query.Where.FirstOrDefault(filter =>
            filter.Operator != FilterOperator.Known && filter.Field.Form is ValueForm.Quarter or ValueForm.Month or ValueForm.Date);
        if (partial is not null)
        {
            throw new UsageException($"--measure: {applied} compares whole years, but the filter by {partial.Field.Name} selects a part of a year; filter by year instead.");
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
