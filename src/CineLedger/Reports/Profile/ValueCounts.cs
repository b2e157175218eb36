using System.Data.Common;
using CineLedger.Storage;

namespace CineLedger.Reports.Profile;

/// <summary>What the counts of a column's numbers or days come to.</summary>
/// <param name="Known">How many values there are.</param>
/// <param name="Distinct">How many different ones.</param>
/// <param name="Quantiles">Null where there is none.</param>
/// <param name="MostFrequent">The most frequent ones.</param>
internal sealed record ValueCounts(long Known, long Distinct, Quantiles? Quantiles, IReadOnlyList<ValueFrequency> MostFrequent)
{
    /// <param name="counted">Values <c>v</c> and how often they stand, <c>n</c>.</param>
    /// <param name="exact">Whether they are decimals, whose needless zeros are dropped.</param>
    /// <param name="connection">The ledger.</param>
    /// <param name="snapshot">As of which.</param>
    /// <param name="cancellationToken">Ends it early.</param>
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
        var quantiles = ProfileSql.Percents.Select(percent => rows.First(row => row.UpTo * 100 >= known * percent).Value).ToArray();
        return new ValueCounts(
            known,
            rows[0].Kinds,
            new Quantiles(rows[0].Value, quantiles[0], quantiles[1], quantiles[2], quantiles[3], quantiles[4], rows[^1].Value),
            [.. rows.Where(row => row.Place <= ProfileSql.MostFrequent).OrderBy(row => row.Place).Select(row => new ValueFrequency(row.Value, row.Count))]);
    }

    private static string TrimZeros(string digits) => digits.Contains('.', StringComparison.Ordinal) ? digits.TrimEnd('0').TrimEnd('.') : digits;

    private readonly record struct Row(string Value, long Count, long UpTo, long Known, long Kinds, long Place);
}
