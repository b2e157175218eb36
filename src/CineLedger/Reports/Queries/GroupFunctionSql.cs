namespace CineLedger.Reports.Queries;

/// <summary>Builds the tables and columns of functions over groups <c>g</c>, with all movies <c>w</c> of the rows that differ only in the last dimension.</summary>
internal sealed class GroupFunctionSql
{
    private readonly QueryRequest _query;
    private readonly SelectedMeasure[] _uses;
    private readonly RowPeriod? _period;

    public GroupFunctionSql(QueryRequest query)
    {
        _query = query;
        _uses = [.. query.Measures.Where(use => use.Applied is not null)];
        _period = RowPeriod.Find(query.By);
        Growth = GrowthSql.Create(query);
    }

    /// <summary>Growth over the years of the query; null when the query measures none.</summary>
    public GrowthSql? Growth { get; }

    /// <summary>Whether groups of names that the query does not show are needed.</summary>
    public bool NeedsAllNames => Select(GroupScope.Neighbors).Any();

    public bool NeedsWhole => Select(GroupScope.Whole).Any();

    /// <summary>The measures whose total over all movies is needed, without duplicates.</summary>
    public IReadOnlyList<SelectedMeasure> WholeMeasures => GetMeasures(GroupScope.Whole);

    /// <summary>The measures that are needed for earlier periods, without duplicates.</summary>
    public IReadOnlyList<SelectedMeasure> EarlierMeasures => [.. GetMeasures(GroupScope.EarlierPeriods).Concat(SortKeys.GetPercentCounts(_query)).DistinctBy(of => of.Column)];

    /// <summary>Returns the query that also has the movies of the earlier periods needed; null when the query itself has them.</summary>
    public QueryRequest? ToEarlier() =>
        Select(GroupScope.EarlierPeriods).Select(use => use.Applied!.Function.Earlier).DefaultIfEmpty(-1).Max() is var periods and >= 0
        && RowPeriod.Extend(_query.Where, Math.Max(1, _period!.GetYears(periods))) is { } where
            ? _query with { Where = where }
            : null;

    /// <summary>Builds the common table of the columns that depend on earlier periods, from <c>earlier_groups</c>.</summary>
    public string BuildEarlierTable(string name) => $"""
        {name} AS (
            SELECT {string.Join(", ", Keys.Select(key => $"g.{key}").Concat(Select(GroupScope.EarlierPeriods).Select(BuildNamed)).Concat(BuildSortKeys()))}
            FROM earlier_groups g)
        """;

    /// <summary>Builds the common table of groups with the columns that depend on other groups; null when there are none.</summary>
    /// <param name="name">The table's name.</param>
    /// <param name="earlier">The table of the columns that depend on earlier periods; null when the groups have all periods.</param>
    public string? BuildTable(string name, string? earlier)
    {
        string[] columns =
        [
            .. Select(GroupScope.Neighbors).Concat(Select(GroupScope.SelectedPeriods)).Select(BuildNamed),
            .. Select(GroupScope.EarlierPeriods).Select(use => earlier is null ? BuildNamed(use) : $"e.{use.Column}"),
            .. earlier is null ? BuildSortKeys() : SortKeys.GetPercents(_query).Select(percent => $"e.{SortKeys.GetName(percent.Column)}"),
        ];
        var join = earlier is null ? "" : $" JOIN {earlier} e ON {string.Join(" AND ", Keys.Select(key => $"e.{key} = g.{key}"))}";
        return columns.Length == 0 ? null : $"""
            {name} AS (
                SELECT g.*, {string.Join(", ", columns)}
                FROM grouped g{join})
            """;
    }

    /// <summary>Builds the column of a row <c>g</c>.</summary>
    public string BuildRowColumn(SelectedMeasure use) =>
        use.Applied is { Function.Scope: GroupScope.Whole or GroupScope.Years } ? BuildNamed(use) : $"g.{use.Column}";

    /// <summary>Builds the joins of a row <c>g</c> to all movies <c>w</c> and to its growth <c>s</c>; empty when no function needs them.</summary>
    public string BuildRowJoins() => $"{BuildWholeJoin()}{Growth?.BuildJoin()}";

    private string BuildWholeJoin()
    {
        if (!NeedsWhole)
        {
            return "";
        }

        var keys = Keys.SkipLast(1).Select(key => $"w.{key} = g.{key}").ToList();
        return keys.Count == 0 ? "\nCROSS JOIN whole w" : $"\nJOIN whole w ON {string.Join(" AND ", keys)}";
    }

    /// <summary>Builds the rank of a group; equal values share a rank, and unknown ones are last.</summary>
    public string BuildRank(SelectedMeasure of) =>
        $"RANK() OVER ({BuildPartition(Enumerable.Range(0, _query.By.Count - 1))}ORDER BY g.{SortKeys.GetColumn(_query, of.Column)} DESC NULLS LAST)";

    /// <summary>Builds the part of the whole; NULL unless the whole is positive, because a part of a loss is not a share.</summary>
    public static string BuildShare(SelectedMeasure of) => $"CAST(g.{of.Column} AS FLOAT8) / CASE WHEN {BuildWhole(of)} > 0 THEN CAST({BuildWhole(of)} AS FLOAT8) END";

    public static string BuildWhole(SelectedMeasure of) => $"w.{of.Column}";

    public string BuildChange(SelectedMeasure of) => $"g.{of.Column} - {BuildEarlier(of, _period!.YearStep!.Value)}";

    public string BuildChangePercent(SelectedMeasure of) =>
        $"CAST({BuildChange(of)} AS FLOAT8) * 100 / NULLIF(ABS(CAST({BuildEarlier(of, _period!.YearStep!.Value)} AS FLOAT8)), 0)";

    public string BuildTotal(SelectedMeasure of) => $"CAST(SUM(g.{of.Column}) OVER ({BuildPeriods()}) AS BIGINT)";

    /// <summary>Builds the mean of the known values of several periods. Decimals are added in the order of time, because every engine must add them in the same order.</summary>
    public string BuildMean(SelectedMeasure of, int periods)
    {
        var frame = FormattableString.Invariant($"{BuildPeriods()} RANGE BETWEEN {(periods - 1) * _period!.Step} PRECEDING AND CURRENT ROW");
        var sum = of.GetColumnKind(_query) == ColumnKind.Integer
            ? $"CAST(SUM(g.{of.Column}) OVER ({frame}) AS FLOAT8)"
            : $"({string.Join(" + ", Enumerable.Range(0, periods).Reverse().Select(i => $"COALESCE({BuildEarlier(of, i * _period.Step)}, 0)"))})";
        return $"{sum} / NULLIF(COUNT(g.{of.Column}) OVER ({frame}), 0)";
    }

    /// <summary>Builds the value of the group with the same other names, an exact distance of keys before.</summary>
    private string BuildEarlier(SelectedMeasure of, int distance) => distance == 0 ? $"g.{of.Column}"
        : FormattableString.Invariant($"MAX(g.{of.Column}) OVER ({BuildPeriods()} RANGE BETWEEN {distance} PRECEDING AND {distance} PRECEDING)");

    /// <summary>Builds the window of the groups with the same other names, by period.</summary>
    private string BuildPeriods()
    {
        var names = Enumerable.Range(0, _query.By.Count).Where(i => !_period!.Determines(_query.By[i].Form));
        return $"{BuildPartition(names)}ORDER BY g.{GroupSql.GetKey(_period!.Index)}";
    }

    private static string BuildPartition(IEnumerable<int> dimensions) =>
        string.Join(", ", dimensions.Select(i => $"g.{GroupSql.GetKey(i)}")) is { Length: > 0 } keys ? $"PARTITION BY {keys} " : "";

    /// <summary>Builds the keys of changes in percent that rows are sorted by.</summary>
    private IEnumerable<string> BuildSortKeys() => _query.IsCompared ? [] : SortKeys.GetPercents(_query).Select(percent =>
        SortKeys.BuildPercent(_query, percent, $"g.{percent.Of.GetKnown().Column}", BuildEarlier(percent.Of.GetKnown(), _period!.YearStep!.Value), BuildChangePercent(percent.Of)));

    private IEnumerable<string> Keys => Enumerable.Range(0, _query.By.Count).Select(GroupSql.GetKey);

    private string BuildNamed(SelectedMeasure use) => $"{use.Applied!.Function.Sql(this, use.Applied.Of)} AS {use.Column}";

    private IReadOnlyList<SelectedMeasure> GetMeasures(GroupScope scope) => [.. Select(scope).Select(use => use.Applied!.Of).DistinctBy(of => of.Column)];

    private IEnumerable<SelectedMeasure> Select(GroupScope scope) => _uses.Where(use => use.Applied!.Function.Scope == scope);
}
