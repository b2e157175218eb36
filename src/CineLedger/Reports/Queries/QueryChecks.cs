using CineLedger.Model;

namespace CineLedger.Reports.Queries;

/// <summary>Validates queries.</summary>
public static class QueryChecks
{
    /// <summary>Throws <see cref="UsageException"/>, which names the command-line option, when the query is invalid.</summary>
    public static void Check(QueryRequest query)
    {
        if (query.Measures.Count == 0)
        {
            throw new UsageException("--measure: name one or more measures, such as releases,revenue.");
        }

        if (query.By.Distinct().Count() < query.By.Count)
        {
            throw new UsageException($"--by: '{query.By.GroupBy(dimension => dimension).First(group => group.Count() > 1).Key.Name}' is listed twice.");
        }

        if (query.Measures.GroupBy(use => use.Column).FirstOrDefault(group => group.Count() > 1) is { Key: var twice })
        {
            throw new UsageException($"--measure: '{twice}' is listed twice.");
        }

        foreach (var use in query.Measures.Where(use => use.Measure.Dimension is { } dimension && !query.By.Contains(dimension)))
        {
            throw new UsageException($"--measure: {use.Column} requires {use.Measure.Dimension!.Name} in --by.");
        }

        foreach (var applied in query.Measures.Select(use => use.Applied).OfType<AppliedFunction>())
        {
            GroupFunctionChecks.Check(query, applied);
        }

        CheckRows(query);
        foreach (var filter in query.Where.Where(filter => filter.Operator == FilterOperator.Unknown && query.By.Contains(filter.Field.Dimension)))
        {
            throw new UsageException($"--where: movies without a {filter.Field.Name} have no rows by {filter.Field.Name}; remove it from --by.");
        }

        foreach (var group in query.Where.GroupBy(filter => filter.Field))
        {
            CheckField([.. group]);
        }
    }

    private static void CheckRows(QueryRequest query)
    {
        var columns = QueryColumns.Get(query).Select(column => column.Name).ToList();
        foreach (var order in query.Order.Where(order => !columns.Contains(order.Column)))
        {
            throw new UsageException($"--order: this query has no column '{order.Column}'{NearestNames.BuildHint(order.Column, columns)}");
        }

        if (query.Limit < 1 || query.Top < 1)
        {
            throw new UsageException($"--{(query.Limit < 1 ? "limit" : "top")}: must be 1 or more.");
        }

        if (query.Top is not null && query.By.Count == 0)
        {
            throw new UsageException("--top: the result has only one row; add --by.");
        }

        if (query.Dollars is { } year)
        {
            ConsumerPrices.Check(year);
        }

        if (query.MinMovies < 1)
        {
            throw new UsageException("--min-movies: must be 1 or more.");
        }

        if (query.WeightedVotes < 1 || query.WeightedMean is < 0 or > 10)
        {
            throw new UsageException("--weighted-votes must be 1 or more, and --weighted-mean from 0 to 10.");
        }

        if (query.IsCompared)
        {
            CheckComparison(query);
        }

        if (query.Pivot is { } pivot)
        {
            CheckPivot(query, pivot);
        }
    }

    private static void CheckPivot(QueryRequest query, Dimension pivot)
    {
        if (!query.By.Contains(pivot))
        {
            throw new UsageException($"--pivot: {pivot.Name} is not in --by; add it there.");
        }

        if (query.By.Count == 1)
        {
            throw new UsageException("--pivot: the rows need a dimension too; add another one to --by.");
        }

        if (query.IsCompared)
        {
            throw new UsageException("--pivot: cannot be combined with --compare or --compare-snapshot.");
        }

        var ordered = query.Order.Select(order => order.Column).ToList();
        if (query.Measures.FirstOrDefault(use => !query.CanOrderBy(use) && ordered.Contains(use.Column)) is { } unordered)
        {
            throw new UsageException($"--order: {unordered.Column} has no value over all columns of --pivot; order by another measure.");
        }

        if (query.Top is not null && !query.Measures.Any(query.CanOrderBy))
        {
            throw new UsageException($"--top: {query.Measures[0].Column} has no value over all columns of --pivot; add another measure, such as releases.");
        }
    }

    private static void CheckComparison(QueryRequest query)
    {
        if (query is { ComparePreviousYear: true, CompareSnapshot: not null })
        {
            throw new UsageException("--compare: cannot be combined with --compare-snapshot; choose what to compare with.");
        }

        if (query is { CompareSnapshot: not null, WeightedMean: null } && query.Measures.SelectMany(MeasureSql.GetRequiredValues).Any(value => value.NeedsGlobalMean))
        {
            throw new UsageException("--compare-snapshot: the mean of all movies differs between snapshots; state one for both with --weighted-mean.");
        }

        if (query.ComparePreviousYear && !query.By.Any(dimension => dimension.Form is ValueForm.Year or ValueForm.Quarter or ValueForm.Month))
        {
            throw new UsageException("--compare: rows are compared with those a year before; add year, quarter or month to --by.");
        }

        if (query.ComparePreviousYear && query.By.Any(dimension => dimension.Form == ValueForm.Decade))
        {
            throw new UsageException("--compare: a decade has no previous year; remove decade from --by.");
        }

        if (query.ComparePreviousYear && query.Where.Any(filter => filter.Field.Form == ValueForm.Date))
        {
            throw new UsageException("--compare: a filter by release_date excludes the previous year; filter by year, quarter or month.");
        }

        if (query.Totals || query.Top is not null || query.Measures.Any(use => use.Measure.Sql is null))
        {
            throw new UsageException($"--{(query.ComparePreviousYear ? "compare" : "compare-snapshot")}: cannot be combined with --totals, --top, functions such as rank or share, or measures such as company_releases.");
        }
    }

    /// <summary>Rejects conditions on one field that no value can match: they are a mistake, not an empty result.</summary>
    private static void CheckField(IReadOnlyList<QueryFilter> filters)
    {
        var name = filters[0].Field.Name;
        if (filters.Any(filter => filter.Operator == FilterOperator.Unknown) && filters.Any(filter => filter.Operator != FilterOperator.Unknown))
        {
            throw new UsageException($"--where: {name} cannot be unknown and match another condition.");
        }

        // A movie may have several companies, so it may match one and not another.
        var others = filters.Where(filter => filter.Operator is not (FilterOperator.Equal or FilterOperator.Known)).ToList();
        var equals = filters.Where(filter => filter.Operator == FilterOperator.Equal).ToList();
        if (equals.Count > 0 && equals.All(equal => others.Any(other => !other.Matches(equal.Value!))))
        {
            throw new UsageException($"--where: the conditions on {name} contradict each other.");
        }

        foreach (var lower in others.Where(filter => filter.Operator is FilterOperator.Greater or FilterOperator.GreaterOrEqual))
        {
            foreach (var upper in others.Where(filter => filter.Operator is FilterOperator.Less or FilterOperator.LessOrEqual))
            {
                var order = lower.Compare(upper.Value!);
                if (order < 0 || (order == 0 && (lower.Operator == FilterOperator.Greater || upper.Operator == FilterOperator.Less)))
                {
                    throw new UsageException($"--where: the conditions on {name} contradict each other.");
                }
            }
        }
    }
}
