using System.Data.Common;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.Schema;

namespace CineLedger.Loading.Gates;

/// <summary>Computes the figures of a snapshot, published or about to be published, with three kinds of queries that run on every engine.</summary>
internal static class FiguresReader
{
    private const string Known = "known";

    public static async Task<LedgerFigures> ReadAsync(DbConnection connection, int snapshot, CancellationToken cancellationToken)
    {
        var state = AsOf.Build("m", snapshot);
        var (movies, columns) = await ReadColumnsAsync(connection, state, cancellationToken).ConfigureAwait(false);
        var medians = await ReadMediansAsync(connection, state, movies, cancellationToken).ConfigureAwait(false);
        var lists = new List<ListFigures>();
        foreach (var list in GateList.All)
        {
            lists.Add(await ReadListAsync(connection, list, state, cancellationToken).ConfigureAwait(false));
        }

        return new(movies, [.. columns.Select(column => column with { Median = medians.GetValueOrDefault(column.Name) })], lists);
    }

    public static bool IsNumber(MovieField field) => field.Kind is MovieFieldKind.Amount or MovieFieldKind.Minutes or MovieFieldKind.Count or MovieFieldKind.Decimal;

    private static async Task<(long Movies, IReadOnlyList<ColumnFigures> Columns)> ReadColumnsAsync(DbConnection connection, string state, CancellationToken cancellationToken)
    {
        var columns = MovieField.All.SelectMany(field => IsNumber(field)
            ? (string[])[$"COUNT(m.{field.Name})", ToDouble($"SUM(m.{field.Name})"), ToDouble($"MAX(m.{field.Name})")]
            : [$"COUNT(m.{field.Name})"]);
        var rows = await connection.QueryAsync(
            $"SELECT COUNT(*), {string.Join(", ", columns)} FROM movie m WHERE {state}",
            row =>
            {
                var next = 1;
                var figures = new List<ColumnFigures>();
                foreach (var field in MovieField.All)
                {
                    figures.Add(IsNumber(field)
                        ? new(field.SourceName, row.GetInt64(next), GetDouble(row, next + 1), null, GetDouble(row, next + 2))
                        : new(field.SourceName, row.GetInt64(next), null, null, null));
                    next += IsNumber(field) ? 3 : 1;
                }

                return (row.GetInt64(0), (IReadOnlyList<ColumnFigures>)figures);
            },
            cancellationToken).ConfigureAwait(false);
        return rows[0];
    }

    private static async Task<Dictionary<string, double?>> ReadMediansAsync(DbConnection connection, string state, long movies, CancellationToken cancellationToken)
    {
        var fields = MovieField.All.Where(IsNumber).ToList();
        var medians = fields.Select(field => ToDouble(BuildQuantile("0.5", $"m.{field.Name}")));
        var rows = await connection.QueryAsync(
            $"SELECT {string.Join(", ", medians)} FROM movie m WHERE {state} AND {GateSample.BuildCondition("m", movies)}",
            row => fields.Select((field, index) => (field.SourceName, Value: GetDouble(row, index))).ToDictionary(pair => pair.SourceName, pair => pair.Value),
            cancellationToken).ConfigureAwait(false);
        return rows[0];
    }

    private static async Task<ListFigures> ReadListAsync(DbConnection connection, GateList list, string state, CancellationToken cancellationToken)
    {
        var rows = await connection.QueryAsync(
            $"""
            WITH counted AS (
                SELECT l.{list.Key} AS id, COUNT(*) AS {Known}, COUNT(*) FILTER (WHERE l.position = 0) AS first
                FROM movie m JOIN {list.LinkTable} l ON l.movie_id = m.movie_id AND l.since = m.since WHERE {state} GROUP BY l.{list.Key})
            SELECT n.name, c.{Known}, t.names, t.movies
            FROM counted c JOIN {list.Entity} n ON n.{list.Key} = c.id
                 CROSS JOIN (SELECT COUNT(*) AS names, CAST(SUM(first) AS BIGINT) AS movies FROM counted) t
            ORDER BY c.{Known} DESC, c.id LIMIT 1
            """,
            row => new ListFigures(list.Name, row.GetInt64(3), row.GetInt64(2), row.GetString(0), row.GetInt64(1)),
            cancellationToken).ConfigureAwait(false);
        return rows.Count > 0 ? rows[0] : new(list.Name, 0, 0, null, 0);
    }

    /// <summary>Builds a quantile that is one of the values, which DuckDB and PostgreSQL both compute exactly.</summary>
    public static string BuildQuantile(string share, string column) => $"percentile_disc({share}) WITHIN GROUP (ORDER BY {column})";

    public static double? GetDouble(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDouble(column);

    private static string ToDouble(string expression) => $"CAST({expression} AS DOUBLE PRECISION)";
}
