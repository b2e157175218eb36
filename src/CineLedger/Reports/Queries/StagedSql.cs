namespace CineLedger.Reports.Queries;

/// <summary>
/// A large query by company in stages: its groups once, into temporary tables of numbers, then its rows in parts, by the place of the
/// company in the order of names. The rows of all parts are those of <see cref="QuerySql.Build"/>, in the same order, for half the work of
/// the engine and a fraction of its memory: only numbers are grouped, and only a part's rows are named and sorted at once.
/// </summary>
internal static class StagedSql
{
    /// <summary>Every company's place in the order of names, from 1. A temporary table, as those of the groups.</summary>
    private const string Places = "company_place";

    /// <summary>Whether a query can be asked for so: by company, in the order of its names, all rows.</summary>
    public static bool Fits(QueryRequest query) =>
        query.By.Any(IsCompany)
        && query.Order is [{ Column: "company", Descending: false }, ..]
        && query is { Limit: null, Offset: 0, Top: null, Totals: false, ComparePreviousYear: false }
        && query.Measures.All(use => use.By is null);

    /// <summary>The statement that makes the temporary table of companies, to be run before the others; it takes little memory.</summary>
    public const string MakePlaces = $"CREATE OR REPLACE TEMP TABLE {Places} AS SELECT company_id, name, CAST(ROW_NUMBER() OVER (ORDER BY name) AS INTEGER) AS place FROM company";

    /// <summary>The statements that make the temporary tables of groups, to be run in their order; <see cref="Drop"/> takes all of them away.</summary>
    public static IReadOnlyList<SqlText> Make(QueryRequest query, int snapshotId)
    {
        QueryChecks.Check(query);
        List<SqlText> stages =
        [
            Stage("grouped", groups => groups.Table("grouped", "film", QuerySql.Grouped(query), filtered: true)),
        ];
        stages.AddRange(QuerySql.Releases(query).Select(use => Stage(Films(use), groups => groups.Releases(use.Measure.Dimension!))));
        return stages;

        SqlText Stage(string table, Func<GroupSql, string> make)
        {
            var sql = new SqlText();
            var snapshot = sql.Add(snapshotId);
            var film = new FilmSql(query, query.Measures.SelectMany(MeasureSql.Needs), sql, snapshot);
            sql.Text = $"CREATE OR REPLACE TEMP TABLE {table} AS {film.With()}{film.Table("film")},\n{make(new GroupSql(query, sql, snapshot))}\nSELECT * FROM {table}";
            return sql;
        }
    }

    /// <summary>The rows of the companies whose places are from <paramref name="first"/> to <paramref name="last"/>, both included.</summary>
    public static SqlText Part(QueryRequest query, long first, long last)
    {
        var sql = new SqlText();
        var groups = new GroupSql(query, new SqlText(), snapshot: "");
        var named = RowSql.Named(query, groups, "grouped", QuerySql.Releases(query), dimension => IsCompany(dimension) ? Places : null);
        var place = FormattableString.Invariant($"n{query.By.ToList().FindIndex(IsCompany)}.place");
        var order = RowSql.OrderBy(query with { Order = [.. query.Order.Skip(1)], By = [.. query.By.Where(dimension => !IsCompany(dimension))] });
        sql.Text = $"{named}\nWHERE {place} BETWEEN {sql.Add(first)} AND {sql.Add(last)}\nORDER BY {place}{(order.Length > 0 ? $", {order}" : "")}";
        return sql;
    }

    /// <summary>How many companies there are to be divided into parts.</summary>
    public const string CountPlaces = $"SELECT COUNT(*) FROM {Places}";

    /// <summary>Takes the temporary tables away.</summary>
    public static string Drop(QueryRequest query) =>
        string.Join("; ", QuerySql.Releases(query).Select(Films).Concat(["grouped", Places]).Select(table => $"DROP TABLE {table}"));

    private static string Films(MeasureUse use) => $"{use.Measure.Dimension!.Name}_films";

    private static bool IsCompany(Dimension dimension) => dimension.Name == "company";
}
