using System.Data.Common;
using CineLedger.Model;

namespace CineLedger.Reports.Profile;

/// <summary>Profiles all data of a ledger as of a snapshot.</summary>
public static class Profiler
{
    /// <summary>Reads the profile. Memory use depends on the number of distinct values, not on the number of movies.</summary>
    public static async Task<LedgerProfile> ReadAsync(DbConnection connection, Snapshot snapshot, CancellationToken cancellationToken)
    {
        var years = await AmountProfiles.ReadYearsAsync(connection, snapshot.Id, cancellationToken).ConfigureAwait(false);
        var movies = years.Sum(year => year.Movies);
        return new LedgerProfile(
            snapshot,
            await ColumnProfiles.ReadAsync(connection, snapshot.Id, movies, cancellationToken).ConfigureAwait(false),
            await LinkProfiles.ReadAsync(connection, snapshot.Id, movies, cancellationToken).ConfigureAwait(false),
            await RuleProfiles.ReadAsync(connection, snapshot.Id, cancellationToken).ConfigureAwait(false),
            years,
            await AmountProfiles.ReadAsync(connection, snapshot.Id, cancellationToken).ConfigureAwait(false));
    }
}
