namespace CineLedger.Reports.Queries;

/// <summary>Notes that a reader needs to interpret a query's numbers, one sentence each.</summary>
public static class QueryNotes
{
    public static IReadOnlyList<string> Get(QueryRequest query) =>
    [
        .. GetSharingNotes(query),
        .. query.HasShare ? [GetShareNote(query)] : Array.Empty<string>(),
        .. GetPeriodNotes(query),
        .. query.MinMovies > 1 && SortKeys.GetPercents(query).Count > 0
            ? [FormattableString.Invariant($"Changes in percent with fewer than {query.MinMovies} movies behind one of the two values come last (min-movies changes the minimum).")]
            : Array.Empty<string>(),
        .. SortKeys.GetRatios(query).Select(ratio =>
            FormattableString.Invariant($"Rows with fewer than {query.MinMovies} movies behind {ratio.Title} come last (min-movies changes the minimum).")),
        .. query.Dollars is null && query.Measures.Any(use => use.Applied is { Function.Scope: GroupScope.Years, Of.Measure.Kind: MeasureKind.Amount })
            ? ["Growth of amounts includes inflation; with dollars=2017, for example, it is that of real amounts."]
            : Array.Empty<string>(),
        .. query.Dollars is { } year
            ? [FormattableString.Invariant($"Amounts are in dollars of {year} by the US CPI-U; ")
                + FormattableString.Invariant($"amounts of movies released outside {ConsumerPrices.FirstYear}–{ConsumerPrices.LastYear} are unknown.")]
            : Array.Empty<string>(),
    ];

    private static string GetShareNote(QueryRequest query)
    {
        var last = query.By[^1];
        var others = query.By.SkipLast(1).Select(dimension => dimension.Name.Replace('_', ' ')).ToList();
        var whole = others.Count == 0 ? "all movies of the query" : $"all movies of the same {string.Join(" and ", others)}";
        return $"Shares refer to {whole}, each counted once{(last.IsTime ? "" : $", including those without a {last.Name.Replace('_', ' ')}")}.";
    }

    /// <summary>Says what functions over periods use of the periods that a filter excludes.</summary>
    private static IEnumerable<string> GetPeriodNotes(QueryRequest query)
    {
        var scopes = query.Measures.Select(use => use.Applied?.Function.Scope).ToHashSet();
        if (RowPeriod.Extend(query.Where, 0) is null)
        {
            yield break;
        }

        if (scopes.Contains(GroupScope.EarlierPeriods))
        {
            yield return "Changes and moving averages also use periods before the selected ones.";
        }

        if (scopes.Contains(GroupScope.SelectedPeriods))
        {
            yield return "Running totals begin with the first selected period.";
        }
    }

    private static IEnumerable<string> GetSharingNotes(QueryRequest query)
    {
        var several = query.By.Where(dimension => dimension.Links is not null).Select(dimension => dimension.Name.Replace('_', ' ')).ToList();
        if (several.Count == 0)
        {
            yield break;
        }

        var names = string.Join(" and ", several);
        var places = query.Pivot is not { Links: not null } ? "rows" : several.Count > 1 ? "rows and columns" : "columns";
        var total = query.Pivot is null ? "the total counts it once" : $"the total counts it once{(places == "rows" ? "" : " in each of its columns")}";
        yield return query.Share == Share.Equal
            ? $"A movie's amounts are split equally among its {names} {places}; it counts as a release in each of them."
            : $"A movie counts in full in each of its {names} {places}{(query.Totals ? $"; {total}" : $", so {places} do not add up")}.";
    }
}
