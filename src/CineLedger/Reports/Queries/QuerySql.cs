namespace CineLedger.Reports.Queries;

/// <summary>
/// Builds the SQL of a query, the same for every engine, as a sequence of common tables: movies, groups of their keys, optionally the previous year
/// and functions over groups, then names, order and totals.
/// </summary>
public static class QuerySql
{
    /// <summary>Builds the rows of a query as of a snapshot, in the columns of <see cref="QueryColumns"/>. Throws like <see cref="QueryChecks"/>.</summary>
    /// <param name="query">The query.</param>
    /// <param name="snapshotId">The snapshot.</param>
    /// <param name="fromTotals">Whether to read the totals that the snapshot stores instead of its movies. <see cref="TotalsSql.Covers"/> must be true for the query.</param>
    public static SqlBuilder Build(QueryRequest query, int snapshotId, bool fromTotals = false)
    {
        QueryChecks.Check(query);
        var sql = new SqlBuilder();
        var snapshot = sql.Add(snapshotId);
        var functions = new GroupFunctionSql(query);
        var movie = new MovieSql(functions.Growth?.ByYear ?? query, query.Measures.SelectMany(MeasureSql.GetRequiredValues), sql, snapshot);
        var groups = new GroupSql(query, sql, snapshot, fromTotals);
        var grouped = GetGrouped(query);

        List<string> tables =
        [
            fromTotals ? TotalsSql.BuildTable(query, sql, snapshot, BuildYears()) : movie.BuildTable("selected_movies"),
            groups.BuildTable("grouped", "selected_movies", grouped, filtered: !functions.NeedsAllNames),
        ];
        var rows = "grouped";
        if (query.IsCompared)
        {
            var (moviesBefore, groupsBefore) = (movie, groups);
            if (query.CompareSnapshot is { } older)
            {
                var before = sql.Add(older);
                (moviesBefore, groupsBefore) = (new MovieSql(query, query.Measures.SelectMany(MeasureSql.GetRequiredValues), sql, before), new GroupSql(query, sql, before));
            }

            tables.Add(moviesBefore.BuildTable("selected_movies_before", yearLater: query.ComparePreviousYear));
            tables.Add(groupsBefore.BuildTable("grouped_before", "selected_movies_before", grouped, filtered: true));
            tables.Add(ComparisonSql.BuildTable(query));
            rows = "compared";
        }

        string? earlierColumns = null;
        if (functions.ToEarlier() is { } earlier)
        {
            var measures = functions.EarlierMeasures;
            earlierColumns = "earlier_columns";
            tables.Add(new MovieSql(earlier, measures.SelectMany(MeasureSql.GetRequiredValues), sql, snapshot).BuildTable("earlier_movies"));
            tables.Add(groups.BuildTable("earlier_groups", "earlier_movies", measures, filtered: !functions.NeedsAllNames, sorted: false));
            tables.Add(functions.BuildEarlierTable(earlierColumns));
        }

        if (functions.BuildTable("computed", earlierColumns) is { } computed)
        {
            tables.Add(computed);
            rows = "computed";
        }

        if (fromTotals && functions.NeedsWhole && query.By[^1].Links is not null)
        {
            // The names are those of the last dimension, so the movies of the others are all movies.
            tables.Add(TotalsSql.BuildAllTable(snapshot, BuildYears()));
            tables.Add(groups.BuildTable("whole", "all_movies", functions.WholeMeasures, filtered: false, sorted: false, query.By.Count - 1));
        }
        else
        {
            tables.AddRange(BuildWhole(query, groups, functions, sql, snapshot));
        }

        tables.AddRange(functions.Growth?.BuildTables("selected_movies", sql, snapshot) ?? []);
        var releases = GetReleases(query);
        tables.AddRange(releases.Select(use => groups.BuildReleases(use.Measure.Dimension!)));
        sql.Text = $"{movie.BuildWith()}{string.Join(",\n", tables)}{RowSql.Build(query, groups, functions, rows, releases, sql)}";
        return sql;

        IEnumerable<string> BuildYears() => movie.BuildYearConditions("t.release_year");
    }

    /// <summary>Builds a query of one number: how many rows a query has without its limit.</summary>
    /// <param name="query">The query.</param>
    /// <param name="snapshotId">The snapshot.</param>
    /// <param name="hasTotals">Whether the snapshot stores totals.</param>
    public static SqlBuilder BuildCount(QueryRequest query, int snapshotId, bool hasTotals = false)
    {
        var counted = query with { Measures = [Measures.Create("releases")], Order = [], IsUnordered = true, Limit = null, Offset = 0 };
        var sql = Build(counted, snapshotId, hasTotals && TotalsSql.Covers(counted));
        sql.Text = $"SELECT COUNT(*) FROM ({sql.Text}) q";
        return sql;
    }

    /// <summary>Builds the text of all statements of a query, for reading or for a cache key. A pivoted query has three.</summary>
    public static string BuildText(QueryRequest query, int snapshotId) => query.Pivot is null
        ? $"{Build(query, snapshotId).ToInlinedSql()};"
        : string.Join("\n\n", PivotQuery.Create(query).Parts.Select(part => $"-- {part.Title}\n{BuildText(part.Query, snapshotId)}"));

    /// <summary>Returns the measures computed from groups of movies, without duplicates.</summary>
    private static IReadOnlyList<SelectedMeasure> GetGrouped(QueryRequest query) =>
        [.. query.Measures.Where(use => use.Measure.Sql is not null)
            .Concat(query.Measures.Where(use => use.Applied is not { Function.Scope: GroupScope.Years }).Select(use => use.Applied?.Of).OfType<SelectedMeasure>())
            .Concat(SortKeys.GetPercentCounts(query)).DistinctBy(use => use.Column)];

    /// <summary>Returns the measures that count the movies of one dimension's names, regardless of a row's other names.</summary>
    private static IReadOnlyList<SelectedMeasure> GetReleases(QueryRequest query) =>
        [.. query.Measures.Where(use => use.Measure.Dimension is not null)];

    /// <summary>
    /// Builds a query of one row: the number of movies behind a query, how many of them have a known budget and revenue, and the number of excluded planned
    /// movies. With <paramref name="dated"/> false it counts undated movies instead.
    /// </summary>
    public static SqlBuilder BuildCoverage(QueryRequest query, int snapshotId, bool dated)
    {
        var sql = new SqlBuilder();
        var snapshot = sql.Add(snapshotId);
        var movie = new MovieSql(query, [MovieValues.Get("budget"), MovieValues.Get("revenue")], sql, snapshot);
        var exists = new GroupSql(query, sql, snapshot).BuildExists("f");
        var marksReleased = dated && query.ExcludesUnreleased;
        var released = marksReleased ? " FILTER (WHERE f.is_released)" : "";
        sql.Text = $"{movie.BuildWith()}{movie.BuildTable("selected_movies", dated, marksReleased: marksReleased)}\n"
            + $"SELECT COUNT(*){released}, COUNT(f.budget){released}, COUNT(f.revenue){released}, {(marksReleased ? "COUNT(*) FILTER (WHERE NOT f.is_released)" : "CAST(0 AS BIGINT)")} "
            + $"FROM selected_movies f{GroupSql.BuildWhere(exists)}";
        return sql;
    }

    /// <summary>Builds a query of the number of rows, and of rows with too few movies for each measure of growth; null when the query measures none.</summary>
    public static SqlBuilder? BuildGrowthCoverage(QueryRequest query, int snapshotId) => GrowthSql.Create(query)?.BuildCoverage(snapshotId);

    /// <summary>Builds the common tables of all movies that shares refer to: by all dimensions but the last, and for a total row by none.</summary>
    private static IEnumerable<string> BuildWhole(QueryRequest query, GroupSql groups, GroupFunctionSql functions, SqlBuilder sql, string snapshot)
    {
        if (!functions.NeedsWhole)
        {
            yield break;
        }

        var (movies, uses) = ("selected_movies", functions.WholeMeasures);
        if (query.By[^1] is { IsTime: false, Links: null })
        {
            movies = "all_movies";
            yield return new MovieSql(query.ToWhole(), uses.SelectMany(MeasureSql.GetRequiredValues), sql, snapshot).BuildTable(movies);
        }

        yield return groups.BuildTable("whole", movies, uses, filtered: false, sorted: false, query.By.Count - 1);
        if (query.Totals)
        {
            yield return groups.BuildTable("whole_total", movies, uses, filtered: false, sorted: false, 0);
        }
    }
}
