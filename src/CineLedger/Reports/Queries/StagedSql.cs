namespace CineLedger.Reports.Queries;

/// <summary>
/// A large query by company in stages: its groups once, into temporary tables of numbers, then its rows in parts, by the place of the
/// company in the order of names. The rows of all parts are those of <see cref="QuerySql.Build"/>, in the same order, for less work of
/// the engine and a fraction of its memory: only numbers are grouped and sorted, a part's rows at once. For a name a row has its place, which
/// whoever reads it looks up.
/// </summary>
internal static class StagedSql
{
    /// <summary>A database in memory that all connections to the ledger see.</summary>
    private const string Shared = "staged";

    /// <summary>Makes room for the tables of places.</summary>
    public const string Begin = $"ATTACH IF NOT EXISTS ':memory:' AS {Shared}";

    /// <summary>Takes the tables of places away.</summary>
    public const string End = $"DETACH DATABASE IF EXISTS {Shared}";

    /// <summary>Whether a query can be asked for so: by company, in the order of its names, all rows.</summary>
    public static bool Fits(QueryRequest query) =>
        query.By.Any(IsCompany)
        && query.Order is [{ Column: "company", Descending: false }, ..]
        && query is { Limit: null, Offset: 0, Top: null, Totals: false, ComparePreviousYear: false }
        && query.Measures.All(use => use.By is null);

    /// <summary>Whether the names of a dimension come as their places in order: those that are told apart by nothing else.</summary>
    public static bool ComesAsPlace(Dimension dimension) => dimension.Links is { Apart: null };

    /// <summary>The statement that makes the table of a dimension's names and the place of each in their order, from 1. Run <see cref="Begin"/> before.</summary>
    public static string MakePlaces(Dimension dimension)
    {
        var links = dimension.Links!;
        return $"CREATE OR REPLACE TABLE {Places(dimension)} AS SELECT {links.Number}, {links.Label} AS label, CAST(ROW_NUMBER() OVER (ORDER BY {links.Label}) AS INTEGER) AS place FROM {links.Names}";
    }

    /// <summary>The names of a dimension, by their places.</summary>
    public static string NamesInOrder(Dimension dimension) => $"SELECT label FROM {Places(dimension)} ORDER BY place";

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

    /// <summary>
    /// The rows of the companies whose places are from <paramref name="first"/> to <paramref name="last"/>, both included, with places for names
    /// where <see cref="ComesAsPlace"/> says so: in the order of places that of names is kept.
    /// </summary>
    public static SqlText Part(QueryRequest query, long first, long last)
    {
        var sql = new SqlText();
        var groups = new GroupSql(query, new SqlText(), snapshot: "");
        var rows = RowSql.Named(query, groups, "grouped", QuerySql.Releases(query), dimension => ComesAsPlace(dimension) ? Places(dimension) : null);
        var place = FormattableString.Invariant($"n{query.By.ToList().FindIndex(IsCompany)}.place");
        sql.Text = $"{rows}\nWHERE {place} BETWEEN {sql.Add(first)} AND {sql.Add(last)}\nORDER BY {RowSql.OrderBy(query)}";
        return sql;
    }

    /// <summary>Takes the temporary tables away.</summary>
    public static string Drop(QueryRequest query) =>
        string.Join("; ", QuerySql.Releases(query).Select(Films).Append("grouped").Select(table => $"DROP TABLE {table}"));

    private static string Places(Dimension dimension) => $"{Shared}.{dimension.Name}_place";

    private static string Films(MeasureUse use) => $"{use.Measure.Dimension!.Name}_films";

    private static bool IsCompany(Dimension dimension) => dimension.Name == "company";
}
