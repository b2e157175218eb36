namespace CineLedger.Reports.Queries;

/// <summary>Builds the end of a query: names instead of keys, the largest rows of each group, totals, order and limit.</summary>
internal static class RowSql
{
    public static string Build(QueryRequest query, GroupSql groups, GroupFunctionSql functions, string rows, IReadOnlyList<SelectedMeasure> releases, SqlBuilder sql)
    {
        var namedSql = BuildNamed(query, groups, functions, rows, releases);
        var columns = string.Join(", ", QueryColumns.Get(query).Select(column => column.Name));
        var order = BuildOrderBy(query);
        var keys = GetOuterKeys(query).Select(key => key.Name);
        if (query.Top is { } top)
        {
            namedSql = $"""

                SELECT {columns}{(query.Totals ? string.Concat(keys.Select(key => $", {key}")) : "")}
                FROM (SELECT n.*, ROW_NUMBER() OVER ({BuildWithin(query)}ORDER BY {BuildTopOrder(query)}) AS place
                      FROM ({namedSql}) n) t
                WHERE t.place <= {sql.Add(top)}
                """;
        }

        if (!query.Totals)
        {
            return $"{namedSql}{(order.Length > 0 ? $"\nORDER BY {order}" : "")}{sql.BuildPage(query.Limit, query.Offset)}";
        }

        return $"""
            ,
            listed AS (SELECT {columns}, ROW_NUMBER() OVER ({(order.Length > 0 ? $"ORDER BY {order}" : "")}) AS place FROM ({namedSql}) n),
            total AS ({BuildTotal(query, groups, functions)})
            SELECT {columns}
            FROM (SELECT * FROM listed{(query.Limit is { } last ? $" WHERE place <= {sql.Add(last)}" : "")}
                  UNION ALL SELECT total.*, NULL FROM total) u
            ORDER BY place NULLS LAST
            """;
    }

    /// <summary>Builds the rows of <paramref name="rows"/> with names instead of keys.</summary>
    private static string BuildNamed(QueryRequest query, GroupSql groups, GroupFunctionSql functions, string rows, IReadOnlyList<SelectedMeasure> releases)
    {
        List<string> columns = [], joins = [];
        for (var i = 0; i < query.By.Count; i++)
        {
            var (dimension, key) = (query.By[i], $"g.{GroupSql.GetKey(i)}");
            if (dimension.Links is { } links)
            {
                var alias = GetNamesAlias(i);
                joins.Add($"\nJOIN {(IsSortedByPlace(query, dimension) ? links.BuildOrderedNames() : links.Names)} {alias} ON {alias}.{links.IdColumn} = {key}");
                key = links.BuildLabel(alias);
            }

            columns.Add($"{dimension.FormatLabel(key)} AS {dimension.Name}");
        }

        foreach (var use in releases)
        {
            var movies = $"{use.Measure.Dimension!.Name}_movies";
            var own = groups.GetOwnKeys(query.By.ToList().IndexOf(use.Measure.Dimension));
            joins.Add($"\nJOIN {movies} ON {string.Join(" AND ", own.Select(i => $"{movies}.{GroupSql.GetKey(i)} = g.{GroupSql.GetKey(i)}"))}");
        }

        columns.AddRange(query.Measures.SelectMany(use =>
            query.IsCompared ? ComparisonSql.BuildColumns(use.Column)
            : use.Measure.Dimension is { } dimension ? [$"{dimension.Name}_movies.releases AS {use.Column}"]
            : [functions.BuildRowColumn(use)]));
        columns.AddRange(GetOuterKeys(query).Select(key => $"{key.Sql} AS {key.Name}"));
        joins.Add(functions.BuildRowJoins());
        var chosen = functions.NeedsAllNames ? groups.BuildRowConditions("g") : "";
        return $"\nSELECT {string.Join(", ", columns)}\nFROM {rows} g{string.Concat(joins)}{chosen}";
    }

    /// <summary>
    /// Builds the total row, which counts each movie once with full amounts. Shares refer to all movies of the query; other measures computed from groups are NULL.
    /// </summary>
    private static string BuildTotal(QueryRequest query, GroupSql groups, GroupFunctionSql functions)
    {
        var measures = new MeasureSql(query, []);
        var uses = query.Measures.Where(use => use.Measure.Sql is not null).Concat(functions.WholeMeasures).DistinctBy(use => use.Column);
        string[] columns =
        [
            .. query.By.Select(dimension => $"CAST(NULL AS {(dimension.Kind == ColumnKind.Text ? "TEXT" : "INTEGER")}) AS {dimension.Name}"),
            .. query.Measures.Select(use => use.Measure.Sql is not null ? $"g.{use.Column}"
                : use.Applied is { Function.Scope: GroupScope.Whole } ? functions.BuildRowColumn(use)
                : $"CAST(NULL AS {(use.GetColumnKind(query) == ColumnKind.Number ? "FLOAT8" : "BIGINT")}) AS {use.Column}"),
        ];
        return $"""
            SELECT {string.Join(", ", columns)}
            FROM (SELECT {string.Join(", ", uses.Select(use => $"{measures.Build(use)} AS {use.Column}").DefaultIfEmpty("COUNT(*) AS movies"))}
                  FROM selected_movies f{GroupSql.BuildWhere(groups.BuildExists("f"))}) g{(functions.NeedsWhole ? " CROSS JOIN whole_total w" : "")}
            """;
    }

    private static string BuildWithin(QueryRequest query) => query.By.Count > 1
        ? $"PARTITION BY {string.Join(", ", query.By.Take(query.By.Count - 1).Select(dimension => $"n.{dimension.Name}"))} "
        : "";

    /// <summary>Orders by the first requested column, or by the first measure, then by name so that every engine selects the same rows.</summary>
    private static string BuildTopOrder(QueryRequest query)
    {
        var first = query.Order.FirstOrDefault(order => query.By.All(dimension => dimension.Name != order.Column)) ?? GetSizeOrder(query);
        var last = query.By[^1];
        var ratios = SortKeys.GetRatios(query).Any(ratio => ratio.Column == first.Column) ? $"n.{SortKeys.GetIsSmall(first.Column)}, " : "";
        return $"{ratios}n.{SortKeys.GetColumn(query, first.Column)}{(first.IsDescending ? " DESC" : "")} NULLS LAST, n.{(last.IsSortedByKey ? SortKeys.GetName(last.Name) : last.Name)}";
    }

    private static QueryOrder GetSizeOrder(QueryRequest query)
    {
        var measure = query.Measures.FirstOrDefault(use => use.Measure.Kind != MeasureKind.Rank) ?? query.Measures[0];
        return new QueryOrder(measure.Column, IsDescending: measure.Measure.Kind != MeasureKind.Rank);
    }

    /// <summary>Returns the requested order. Without one, the largest rows of a group come first.</summary>
    private static IEnumerable<QueryOrder> GetOrder(QueryRequest query) => query.Order.Count > 0 || query.Top is null
        ? query.Order
        : [.. query.By.SkipLast(1).Select(dimension => new QueryOrder(dimension.Name, IsDescending: false)), GetSizeOrder(query)];

    private static string BuildOrderBy(QueryRequest query) => query.IsUnordered ? "" : string.Join(
        ", ",
        GetOrder(query).SelectMany(order => SortKeys.GetRatios(query).Where(ratio => ratio.Column == order.Column).Select(ratio => SortKeys.GetIsSmall(ratio.Column))
                .Append($"{GetSortKey(query, order.Column)}{(order.IsDescending ? " DESC" : "")} NULLS LAST"))
            .Concat(query.By.Select(dimension => dimension.Name).Except(GetOrder(query).Select(order => order.Column)).Select(column => GetSortKey(query, column))));

    private static string GetSortKey(QueryRequest query, string column)
    {
        var index = query.By.TakeWhile(dimension => dimension.Name != column).Count();
        return index == query.By.Count ? SortKeys.GetColumn(query, column)
            : IsSortedByPlace(query, query.By[index]) ? $"{GetNamesAlias(index)}.place"
            : !query.By[index].IsSortedByKey ? column
            : IsSortedOutside(query) ? SortKeys.GetName(column)
            : $"g.{GroupSql.GetKey(index)}";
    }

    /// <summary>Returns the keys that the rows must have because they are sorted outside of the query that builds them.</summary>
    private static IEnumerable<(string Name, string Sql)> GetOuterKeys(QueryRequest query) => !IsSortedOutside(query) ? [] :
    [
        .. SortKeys.Get(query).Select(use => use.Column).Concat(SortKeys.GetPercents(query).Select(percent => percent.Column))
            .Select(SortKeys.GetName).Concat(SortKeys.GetRatios(query).Select(ratio => SortKeys.GetIsSmall(ratio.Column))).Select(key => (key, $"g.{key}")),
        .. query.By.Select((dimension, i) => (dimension, i)).Where(at => at.dimension.IsSortedByKey)
            .Select(at => (SortKeys.GetName(at.dimension.Name), $"g.{GroupSql.GetKey(at.i)}")),
    ];

    private static bool IsSortedOutside(QueryRequest query) => query.Top is not null || query.Totals;

    /// <summary>
    /// Returns whether rows are sorted by the place of a name instead of the name. Numbers are several times cheaper to sort, but first all names must be
    /// sorted, which does not pay off when a filter, a page or the largest rows of each group leave few rows.
    /// </summary>
    private static bool IsSortedByPlace(QueryRequest query, Dimension dimension) =>
        dimension.Links is { Disambiguator: null } && query is { Where.Count: 0, Limit: null, Top: null, Totals: false, IsUnordered: false };

    /// <summary>Returns the alias of a dimension's names.</summary>
    private static string GetNamesAlias(int dimension) => FormattableString.Invariant($"n{dimension}");
}
