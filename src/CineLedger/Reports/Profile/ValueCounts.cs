using System.Data.Common;
using CineLedger.Model;
using CineLedger.Storage;

namespace CineLedger.Reports.Profile;

/// <summary>Reads statistics of numbers or dates.</summary>
internal static class ValueCounts
{
    /// <param name="counted">A query of values <c>v</c> and their number of occurrences <c>n</c>.</param>
    /// <param name="exact">Whether the values are decimals whose trailing zeros are trimmed.</param>
    /// <param name="connection">An open connection.</param>
    /// <param name="snapshot">The snapshot to read.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public static async Task<ValueStatistics> ReadAsync(
        string counted, bool exact, DbConnection connection, int snapshot, CancellationToken cancellationToken)
    {
        var rows = await connection.QueryAsync(
            ProfileSql.BuildNumbers(counted),
            row => new Row(
                exact ? TrimZeros(row.GetString(0)) : row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5)),
            cancellationToken,
            snapshot).ConfigureAwait(false);
        if (rows.Count == 0)
        {
            return new ValueStatistics(0, 0, null, null, null, null, []);
        }

        var known = rows[0].Known;
        var quantiles = Quantiles.Percents.Select(percent => rows.First(row => row.CumulativeCount * 100 >= known * percent).Value).ToArray();
        return new ValueStatistics(
            known,
            rows[0].Kinds,
            rows[0].Value,
            rows[^1].Value,
            new Quantiles(rows[0].Value, quantiles[0], quantiles[1], quantiles[2], quantiles[3], quantiles[4], rows[^1].Value),
            null,
            [.. rows.Where(row => row.Place <= ValueStatistics.MaxFrequent).OrderBy(row => row.Place).Select(row => new ValueFrequency(row.Value, row.Count))]);
    }

    private static string TrimZeros(string digits) => digits.Contains('.', StringComparison.Ordinal) ? digits.TrimEnd('0').TrimEnd('.') : digits;

    private readonly record struct Row(string Value, long Count, long CumulativeCount, long Known, long Kinds, long Place);
}
