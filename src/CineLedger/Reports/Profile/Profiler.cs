using System.Data.Common;
using CineLedger.Model;

namespace CineLedger.Reports.Profile;

/// <summary>Looks at all that a ledger holds as of a snapshot.</summary>
public static class Profiler
{
    /// <summary>Reads the profile. What it takes in memory depends on how many different values there are, not on how many movies.</summary>
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
