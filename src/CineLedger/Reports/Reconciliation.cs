using System.Data.Common;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.Schema;

namespace CineLedger.Reports;

/// <summary>
/// How the records that a load read became the movies that reports count, so that nobody has to believe that nothing got lost. Counted from the
/// findings and from the movies themselves, not from what the load said of itself.
/// </summary>
/// <param name="Records">Records of movies that were read; one that was joined from broken rows counts once.</param>
/// <param name="JoinedRecords">Of them, those that were joined.</param>
/// <param name="Lost">Of them, those that became no movie: how many each rule took, of all rules that take records, in their order.</param>
/// <param name="IsMerge">True where movies stayed that the load did not read: a part that was merged, a revert.</param>
/// <param name="Movies">Movies that the ledger holds as of the snapshot.</param>
/// <param name="Dated">Of them, those with a release date: what yearly reports count.</param>
/// <param name="Changes">
/// For a snapshot of single changes, pushed or consumed, of which several may be about one movie or delete it: the movies of the snapshot before, and those that the
/// changes added and removed. Null for a load.
/// </param>
public sealed record Reconciliation(
    long Records, long JoinedRecords, IReadOnlyList<(Rule Rule, long Records)> Lost, bool IsMerge, long Movies, long Dated, (long Before, long Added, long Removed)? Changes)
{
    /// <summary>What the records come to: distinct movies that the load read.</summary>
    public long MoviesRead => Records - Lost.Sum(lost => lost.Records);

    /// <summary>Movies that were there before and that the load did not read; 0 for a load of everything.</summary>
    public long Kept => IsMerge ? Movies - MoviesRead : 0;

    /// <summary>Movies without a release date.</summary>
    public long Undated => Movies - Dated;

    /// <summary>Movies that there should be and are not; anything but 0 is an error of the program's, and is to be seen.</summary>
    public long Difference => (Changes is { } changes ? changes.Before + changes.Added - changes.Removed : MoviesRead + Kept) - Movies;

    /// <summary>Whether everything is accounted for.</summary>
    public bool AddsUp => Difference == 0 && (Changes is not null || Kept >= 0);

    public static async Task<Reconciliation> ReadAsync(DbConnection connection, Snapshot snapshot, CancellationToken cancellationToken)
    {
        var (files, keepsOthers) = await ReadOriginAsync(connection, snapshot, cancellationToken).ConfigureAwait(false);

        // The file of movies is the first that a load reads, and where no record was read there was none: the rules speak of credits and ratings, too.
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
            ChangeSources.Contains(snapshot.Source) ? (await ReadPreviousCountAsync(connection, snapshot, movies, cancellationToken).ConfigureAwait(false), snapshot.Added, snapshot.Removed) : null);

        long GetCount(string rule) => findings.GetValueOrDefault(rule);
    }

    /// <summary>The movies of the snapshot before; where that was pruned, what they must have been.</summary>
    private static async Task<long> ReadPreviousCountAsync(DbConnection connection, Snapshot snapshot, long movies, CancellationToken cancellationToken) =>
        await connection.ExecuteScalarAsync("SELECT movies FROM snapshot WHERE snapshot_id = $1", cancellationToken, snapshot.Id - 1).ConfigureAwait(false) is long before
            ? before
            : snapshot.Id == 1 ? 0 : movies - snapshot.Added + snapshot.Removed;

    /// <summary>
    /// The files that the load read; empty where the ledger is too old to have read more than one. A load without a file of movies, or of a part, keeps
    /// the movies that are there.
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
