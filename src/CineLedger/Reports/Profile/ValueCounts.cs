using System.Data.Common;
using CineLedger.Storage;

namespace CineLedger.Reports.Profile;

/// <summary>Statistics of a column's numbers or dates.</summary>
/// <param name="Known">The number of values.</param>
/// <param name="Distinct">The number of distinct values.</param>
/// <param name="Quantiles">The quantiles; null when there are no values.</param>
/// <param name="MostFrequent">The most frequent values.</param>
internal sealed record ValueCounts(long Known, long Distinct, Quantiles? Quantiles, IReadOnlyList<ValueFrequency> MostFrequent)
{
    /// <param name="counted">A query of values <c>v</c> and their number of occurrences <c>n</c>.</param>
    /// <param name="exact">Whether the values are decimals whose trailing zeros are trimmed.</param>
    /// <param name="connection">An open connection.</param>
    /// <param name="snapshot">The snapshot to read.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public static async Task<ValueCounts> ReadAsync(
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
            return new ValueCounts(0, 0, null, []);
        }

        var known = rows[0].Known;
        var quantiles = ProfileSql.Percents.Select(percent => rows.First(row => row.CumulativeCount * 100 >= known * percent).Value).ToArray();
        return new ValueCounts(
            known,
            rows[0].Kinds,
            new Quantiles(rows[0].Value, quantiles[0], quantiles[1], quantiles[2], quantiles[3], quantiles[4], rows[^1].Value),
            [.. rows.Where(row => row.Place <= ProfileSql.MostFrequent).OrderBy(row => row.Place).Select(row => new ValueFrequency(row.Value, row.Count))]);
    }

    private static string TrimZeros(string digits) => digits.Contains('.', StringComparison.Ordinal) ? digits.TrimEnd('0').TrimEnd('.') : digits;

    private readonly record struct Row(string Value, long Count, long CumulativeCount, long Known, long Kinds, long Place);
}
