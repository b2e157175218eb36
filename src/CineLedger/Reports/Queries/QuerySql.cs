namespace CineLedger.Reports.Queries;

/// <summary>
/// The SQL of a query: one text for every engine. Films, then groups of their keys, then, where asked for, the year before and ranks,
/// then names, order and totals: a common table each.
/// </summary>
public static class QuerySql
{
    /// <summary>The rows of a query as of a snapshot, in the columns of <see cref="QueryColumns"/>. Throws as <see cref="QueryChecks"/> does.</summary>
    public static SqlText Build(QueryRequest query, int snapshotId)
    {
        QueryChecks.Check(query);
        var sql = new SqlText();
        var snapshot = sql.Add(snapshotId);
        var film = new FilmSql(query, query.Measures.SelectMany(MeasureSql.Needs), sql, snapshot);
        var groups = new GroupSql(query, sql, snapshot);
        var ranks = query.Measures.Where(use => use.By is not null).ToList();
        var grouped = Grouped(query);

        List<string> tables = [film.Table("film"), groups.Table("grouped", "film", grouped, filtered: ranks.Count == 0)];
        var rows = "grouped";
        if (query.ComparePreviousYear)
        {
            tables.Add(film.Table("film_before", yearLater: true));
            tables.Add(groups.Table("grouped_before", "film_before", grouped, filtered: true));
            tables.Add(ComparisonSql.Table(query));
            rows = "compared";
        }

        if (ranks.Count > 0)
        {
            tables.Add(Ranked(query, ranks));
            rows = "ranked";
        }

        var releases = Releases(query);
        tables.AddRange(releases.Select(use => groups.Releases(use.Measure.Dimension!)));
        sql.Text = $"{film.With()}{string.Join(",\n", tables)}{RowSql.Of(query, groups, rows, releases, sql)}";
        return sql;
    }

    /// <summary>Measures that groups of films have by themselves, each once.</summary>
    private static IReadOnlyList<MeasureUse> Grouped(QueryRequest query) =>
        [.. query.Measures.Where(use => use.Measure.Sql is not null)
            .Concat(query.Measures.Select(use => use.By).OfType<MeasureUse>()).DistinctBy(use => use.Column)];

    /// <summary>Measures that count the films of one dimension's names, whatever else a row is of.</summary>
    private static IReadOnlyList<MeasureUse> Releases(QueryRequest query) =>
        [.. query.Measures.Where(use => use.Measure.Dimension is not null)];

    /// <summary>
    /// One row: the films that a query rests on, each once, and those of them with a known budget and revenue. Of undated films, where
    /// they are left out, for <paramref name="dated"/> false; <paramref name="anyKey"/> counts films too that lack another dimension.
    /// </summary>
    public static SqlText BuildCoverage(QueryRequest query, int snapshotId, bool dated, bool anyKey = false)
    {
        var sql = new SqlText();
        var snapshot = sql.Add(snapshotId);
        var film = new FilmSql(query, [FilmValues.Of("budget"), FilmValues.Of("revenue")], sql, snapshot);
        var stands = anyKey ? [] : new GroupSql(query, sql, snapshot).Stands("f");
        sql.Text = $"{film.With()}{film.Table("film", dated, anyKey: anyKey)}\nSELECT COUNT(*), COUNT(f.budget), COUNT(f.revenue) FROM film f{GroupSql.Where(stands)}";
        return sql;
    }

    private static string Ranked(QueryRequest query, IEnumerable<MeasureUse> ranks)
    {
        var within = string.Join(", ", Enumerable.Range(0, query.By.Count - 1).Select(i => $"g.{GroupSql.Key(i)}"));
        var columns = ranks.Select(rank =>
            $"RANK() OVER ({(within.Length > 0 ? $"PARTITION BY {within} " : "")}ORDER BY g.{rank.By!.Column} DESC NULLS LAST) AS {rank.Column}");
        return $"""
            ranked AS (
                SELECT g.*, {string.Join(", ", columns)}
                FROM grouped g)
            """;
    }
}
