using System.Data.Common;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.Schema;

namespace CineLedger.Reports;

/// <summary>
/// Accounts for every record that a load read, up to the movies that reports count. The counts come from the findings and the stored movies, not
/// from the load's own totals, so they show independently that nothing was lost.
/// </summary>
/// <param name="Records">Movie records that were read; a record joined from broken rows counts once.</param>
/// <param name="JoinedRecords">Records that were joined from broken rows.</param>
/// <param name="Lost">The records that did not become a movie, by rule, for every rule that costs a record, in rule order.</param>
/// <param name="IsMerge">True when the snapshot kept movies that the load did not read, as after a merge of a part or a revert.</param>
/// <param name="Movies">Movies in the snapshot.</param>
/// <param name="Dated">Movies with a release date, which yearly reports count.</param>
/// <param name="Changes">
/// For a snapshot of single changes, pushed or consumed: the number of movies in the previous snapshot, and the numbers added and removed. They cannot
/// be derived from the records, because several changes may affect the same movie, or delete it. Null for a load.
/// </param>
public sealed record Reconciliation(
    long Records,
    long JoinedRecords,
    IReadOnlyList<(Rule Rule, long Records)> Lost,
    bool IsMerge,
    long Movies,
    long Dated,
    (long Before, long Added, long Removed)? Changes)
{
    /// <summary>Distinct movies that the load read.</summary>
    public long MoviesRead => Records - Lost.Sum(lost => lost.Records);

    /// <summary>Movies kept from the previous snapshot that the load did not read; 0 for a full load.</summary>
    public long Kept => IsMerge ? Movies - MoviesRead : 0;

    /// <summary>Movies without a release date.</summary>
    public long Undated => Movies - Dated;

    /// <summary>Expected movies minus actual movies. Anything but 0 is a bug and must be shown.</summary>
    public long Difference => (Changes is { } changes ? changes.Before + changes.Added - changes.Removed : MoviesRead + Kept) - Movies;

    /// <summary>Returns whether every record and movie is accounted for.</summary>
    public bool AddsUp => Difference == 0 && (Changes is not null || Kept >= 0);

    public static async Task<Reconciliation> ReadAsync(DbConnection connection, Snapshot snapshot, CancellationToken cancellationToken)
    {
        var (files, keepsOthers) = await ReadOriginAsync(connection, snapshot, cancellationToken).ConfigureAwait(false);

        // The same rules also apply to credits and ratings, so only findings of the movie file count. It is the first file that a load reads;
        // without records the load had no movie file.
        var findings = snapshot.Records == 0 ? [] : (await connection.QueryAsync(
            "SELECT rule, CAST(SUM(occurrences) AS BIGINT) FROM finding WHERE snapshot_id = $1 AND ($2 = '' OR SUBSTRING($2, 1, LENGTH(file)) = file) GROUP BY rule",
            row => (Rule: row.GetString(0), Count: row.GetInt64(1)),
            cancellationToken,
            snapshot.Id,
            files).ConfigureAwait(false)).ToDictionary(finding => finding.Rule, finding => finding.Count, StringComparer.Ordinal);
        var (movies, dated) = (await connection.QueryAsync(
            $"SELECT COUNT(*), COUNT(release_year) FROM movie WHERE {AsOf.Build("")}",
            row => (row.GetInt64(0), row.GetInt64(1)),
            cancellationToken,
            snapshot.Id).ConfigureAwait(false))[0];
        return new Reconciliation(
            snapshot.Records,
            GetCount(Rules.SplitRecord),
            [.. Rules.All.Where(rule => rule.CostsRecord is not null).Select(rule => (rule, GetCount(rule.Name)))],
            keepsOthers,
            movies,
            dated,
            ChangeSources.Contains(snapshot.Source)
                ? (await ReadPreviousCountAsync(connection, snapshot, movies, cancellationToken).ConfigureAwait(false), snapshot.Added, snapshot.Removed)
                : null);

        long GetCount(string rule) => findings.GetValueOrDefault(rule);
    }

    /// <summary>Returns the number of movies in the previous snapshot, derived from the changes when that snapshot was pruned.</summary>
    private static async Task<long> ReadPreviousCountAsync(DbConnection connection, Snapshot snapshot, long movies, CancellationToken cancellationToken) =>
        await connection.ExecuteScalarAsync("SELECT movies FROM snapshot WHERE snapshot_id = $1", cancellationToken, snapshot.Id - 1).ConfigureAwait(false) is long before
            ? before
            : snapshot.Id == 1 ? 0 : movies - snapshot.Added + snapshot.Removed;

    /// <summary>
    /// Returns the files that the load read, empty when the ledger is too old to record them. A load without a movie file, or of a part, keeps
    /// existing movies.
    /// </summary>
    private static async Task<(string Files, bool KeepsOthers)> ReadOriginAsync(DbConnection connection, Snapshot snapshot, CancellationToken cancellationToken)
    {
        var knowsFiles = await Migrations.HasRatingsAsync(connection, cancellationToken).ConfigureAwait(false);
        return (await connection.QueryAsync(
            $"SELECT {(knowsFiles ? "files" : "''")}, merged FROM snapshot WHERE snapshot_id = $1",
            row => (row.GetText(0) ?? "", row.GetBoolean(1) || snapshot.Records == 0),
            cancellationToken,
            snapshot.Id).ConfigureAwait(false))[0];
    }
}
