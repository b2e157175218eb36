using System.Data.Common;
using CineLedger.Loading.Statistics;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.Snapshots;

namespace CineLedger.Reports.Profile;

/// <summary>Profiles all data of a ledger as of a snapshot.</summary>
public static class Profiler
{
    /// <summary>
    /// Reads the profile: what the load stored, and the rest from the data. Memory use depends on the number of distinct values and of known amounts, not on the
    /// number of movies.
    /// </summary>
    public static async Task<LedgerProfile> ReadAsync(DbConnection connection, Snapshot snapshot, CancellationToken cancellationToken) => await ReadAsync(
        connection, snapshot, await ProfileRows.ReadAsync(connection, snapshot.Id, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    /// <summary>Computes the profile from the data, whatever the load stored.</summary>
    internal static Task<LedgerProfile> ComputeAsync(DbConnection connection, Snapshot snapshot, CancellationToken cancellationToken) =>
        ReadAsync(connection, snapshot, new Dictionary<string, ProfilePart>(), cancellationToken);

    private static async Task<LedgerProfile> ReadAsync(
        DbConnection connection, Snapshot snapshot, IReadOnlyDictionary<string, ProfilePart> stored, CancellationToken cancellationToken)
    {
        var years = stored.TryGetValue(ProfilePart.Years, out var yearPart)
            ? yearPart.ReadYears()
            : await ReadYearsAsync(connection, snapshot.Id, cancellationToken).ConfigureAwait(false);
        var movies = years.Sum(year => year.Movies);
        return new LedgerProfile(
            snapshot,
            await ColumnProfiles.ReadAsync(connection, snapshot.Id, movies, stored, cancellationToken).ConfigureAwait(false),
            await LinkProfiles.ReadAsync(connection, snapshot.Id, movies, stored, cancellationToken).ConfigureAwait(false),
            await RuleProfiles.ReadAsync(connection, snapshot.Id, cancellationToken).ConfigureAwait(false),
            years,
            stored.TryGetValue(ProfilePart.Amounts, out var amountPart)
                ? amountPart.ReadAmounts()
                : await AmountStatistics.ReadAsync(connection, snapshot.Id, cancellationToken).ConfigureAwait(false));
    }

    private static Task<List<YearCoverage>> ReadYearsAsync(DbConnection connection, int snapshot, CancellationToken cancellationToken) => connection.QueryAsync(
        $"""
        SELECT m.release_year, COUNT(*), COUNT(m.budget), COUNT(m.revenue), COUNT(m.budget + m.revenue)
        FROM movie m WHERE {ProfileSql.InSnapshot} GROUP BY m.release_year ORDER BY m.release_year NULLS LAST
        """,
        row => new YearCoverage(row.IsDBNull(0) ? null : row.GetInt32(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4)),
        cancellationToken,
        snapshot);
}
