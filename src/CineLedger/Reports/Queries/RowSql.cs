namespace CineLedger.Reports.Queries;

/// <summary>The end of a query: names in place of keys, the largest of each group, totals, order and limit.</summary>
internal static class RowSql
{
    public static string Of(QueryRequest query, GroupSql groups, string rows, IReadOnlyList<MeasureUse> releases, SqlText sql)
    {
        var named = Named(query, groups, rows, releases);
        var columns = string.Join(", ", QueryColumns.Of(query).Select(column => column.Name));
        var order = OrderBy(query);
        if (query.Top is { } top)
        {
            named = $"""

                SELECT {columns}
                FROM (SELECT n.*, ROW_NUMBER() OVER ({Within(query)}ORDER BY {TopOrder(query)}) AS place
                      FROM ({named}) n) t
                WHERE t.place <= {sql.Add(top)}
                """;
        }

        if (!query.Totals)
        {
            return $"{named}{(order.Length > 0 ? $"\nORDER BY {order}" : "")}{sql.Page(query.Limit, query.Offset)}";
        }

        return $"""
            ,
            listed AS (SELECT {columns}, ROW_NUMBER() OVER ({(order.Length > 0 ? $"ORDER BY {order}" : "")}) AS place FROM ({named}) n),
            total AS (SELECT {string.Join(", ", Totals(query))} FROM film f{GroupSql.Where(groups.Stands("f"))})
            SELECT {columns}
            FROM (SELECT * FROM listed{(query.Limit is { } last ? $" WHERE place <= {sql.Add(last)}" : "")}
                  UNION ALL SELECT total.*, NULL FROM total) u
            ORDER BY place NULLS LAST
            """;
    }

    /// <summary>The rows of <paramref name="rows"/> with names in place of keys.</summary>
    private static string Named(QueryRequest query, GroupSql groups, string rows, IReadOnlyList<MeasureUse> releases)
    {
        List<string> columns = [], joins = [];
        for (var i = 0; i < query.By.Count; i++)
        {
            var (dimension, key) = (query.By[i], $"g.{GroupSql.Key(i)}");
            if (dimension.Links is { } links)
            {
                var alias = Names(i);
                joins.Add($"\nJOIN {(IsSortedByPlace(query, dimension) ? links.NamesInOrder() : links.Names)} {alias} ON {alias}.{links.Number} = {key}");
                key = links.Shown(alias);
            }

            columns.Add($"{dimension.Label(key)} AS {dimension.Name}");
        }

        foreach (var use in releases)
        {
            var films = $"{use.Measure.Dimension!.Name}_films";
            var own = groups.OwnKeys(query.By.ToList().IndexOf(use.Measure.Dimension));
            joins.Add($"\nJOIN {films} ON {string.Join(" AND ", own.Select(i => $"{films}.{GroupSql.Key(i)} = g.{GroupSql.Key(i)}"))}");
        }

        columns.AddRange(query.Measures.SelectMany(use =>
            query.ComparePreviousYear ? ComparisonSql.Columns(use.Column)
            : use.Measure.Dimension is { } dimension ? [$"{dimension.Name}_films.releases AS {use.Column}"]
            : [$"g.{use.Column}"]));
        var chosen = rows == "ranked" ? groups.RowsOf("g") : "";
        return $"\nSELECT {string.Join(", ", columns)}\nFROM {rows} g{string.Concat(joins)}{chosen}";
    }

    /// <summary>Everything in a row of its own, each film once: amounts in full, nothing that is said of rows.</summary>
    private static IEnumerable<string> Totals(QueryRequest query)
    {
        var measures = new MeasureSql(query, []);
        foreach (var dimension in query.By)
        {
            yield return $"CAST(NULL AS {(dimension.Kind == ColumnKind.Text ? "TEXT" : "INTEGER")}) AS {dimension.Name}";
        }

        foreach (var use in query.Measures)
        {
            yield return use.Measure.Sql is null
                ? $"CAST(NULL AS BIGINT) AS {use.Column}"
                : $"{measures.Of(use)} AS {use.Column}";
        }
    }

    private static string Within(QueryRequest query) => query.By.Count > 1
        ? $"PARTITION BY {string.Join(", ", query.By.Take(query.By.Count - 1).Select(dimension => $"n.{dimension.Name}"))} "
        : "";

    /// <summary>By the first column that is ordered by, else by the first measure; then by name, so that the same rows are chosen everywhere.</summary>
    private static string TopOrder(QueryRequest query)
    {
        var measure = query.Measures.FirstOrDefault(use => use.By is null) ?? query.Measures[0];
        var first = query.Order.FirstOrDefault(order => query.By.All(dimension => dimension.Name != order.Column))
            ?? new QueryOrder(measure.Column, Descending: measure.By is null);
        return $"n.{first.Column}{(first.Descending ? " DESC" : "")} NULLS LAST, n.{query.By[^1].Name}";
    }

    private static string OrderBy(QueryRequest query) => string.Join(
        ", ",
        query.Order.Select(order => $"{SortKey(query, order.Column)}{(order.Descending ? " DESC" : "")} NULLS LAST")
            .Concat(query.By.Select(dimension => dimension.Name).Except(query.Order.Select(order => order.Column)).Select(column => SortKey(query, column))));

    private static string SortKey(QueryRequest query, string column)
    {
        var index = query.By.TakeWhile(dimension => dimension.Name != column).Count();
        return index < query.By.Count && IsSortedByPlace(query, query.By[index]) ? $"{Names(index)}.place" : column;
    }

    /// <summary>
    /// Whether rows are sorted by the place of a name instead of the name. Numbers are several times cheaper to sort, but all names must be put in order
    /// for it, which does not pay where a filter, a page or the largest of each group leave few rows.
    /// </summary>
    private static bool IsSortedByPlace(QueryRequest query, Dimension dimension) =>
        dimension.Links is { Apart: null } && query is { Where.Count: 0, Limit: null, Top: null, Totals: false };

    /// <summary>The alias of a dimension's names.</summary>
    private static string Names(int dimension) => FormattableString.Invariant($"n{dimension}");
}
