using System.Data.Common;
using CineLedger.Model;
using CineLedger.Reports.Queries;
using CineLedger.Storage;

namespace CineLedger.Reports.Explanations;

/// <summary>How the known values of a measure are distributed over the movies of a selection.</summary>
/// <param name="Movies">The movies of the selection.</param>
/// <param name="Known">Those with a known value.</param>
/// <param name="Lower">The value that a quarter of the known ones do not exceed; null if none is known.</param>
/// <param name="Upper">The value that three quarters of the known ones do not exceed; null if none is known.</param>
public sealed record ValueQuartiles(long Movies, long Known, double? Lower, double? Upper)
{
    public long Unknown => Movies - Known;

    /// <summary>Reads the quartiles. Returns null for a measure that counts movies.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="selection">The conditions, from <see cref="MovieList.CreateQuery"/>.</param>
    /// <param name="use">The measure.</param>
    /// <param name="snapshot">The snapshot to read.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public static async Task<ValueQuartiles?> ReadAsync(
        DbConnection connection, QueryRequest selection, SelectedMeasure use, Snapshot snapshot, CancellationToken cancellationToken)
    {
        if (SelectedValue.Create(use) is not { } value)
        {
            return null;
        }

        var sql = new SqlBuilder();
        var movie = new MovieSql(selection, value.Needs, sql, sql.Add(snapshot.Id));
        sql.Text = $"""
            {movie.BuildWith()}{movie.BuildTable("selected_movies")}
            SELECT COUNT(*), COUNT(v.amount), PERCENTILE_DISC(0.25) WITHIN GROUP (ORDER BY v.amount), PERCENTILE_DISC(0.75) WITHIN GROUP (ORDER BY v.amount)
            FROM (SELECT {value.Sql} AS amount FROM selected_movies f) v
            """;
        var rows = await connection.QueryAsync(
            sql.Text,
            row => new ValueQuartiles(row.GetInt64(0), row.GetInt64(1), GetNumber(row, 2), GetNumber(row, 3)),
            cancellationToken,
            [.. sql.Parameters]).ConfigureAwait(false);
        return rows[0];
    }

    private static double? GetNumber(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDouble(column);
}
