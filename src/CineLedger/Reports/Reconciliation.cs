using System.Data.Common;
using CineLedger.Model;
using CineLedger.Storage;

namespace CineLedger.Reports;

/// <summary>
/// How the records that a load read became the films that reports count, so that nobody has to believe that nothing got lost. Counted from the
/// findings and from the films themselves, not from what the load said of itself.
/// </summary>
/// <param name="Records">Records of films that were read; one that was joined from broken rows counts once.</param>
/// <param name="Joined">Of them, those that were joined.</param>
/// <param name="WrongColumnCount">Of them, those rejected because they have another number of fields than the header.</param>
/// <param name="InvalidId">Of them, those rejected because they have no usable id.</param>
/// <param name="Copies">Of them, those dropped because the same film stood there with the same content.</param>
/// <param name="Beaten">Of them, those dropped because another record of the same film won.</param>
/// <param name="KeepsOthers">True where films stayed that the load did not read: a part that was merged, a revert.</param>
/// <param name="Films">Films that the ledger holds as of the snapshot.</param>
/// <param name="Dated">Of them, those with a release date: what yearly reports count.</param>
public sealed record Reconciliation(
    long Records, long Joined, long WrongColumnCount, long InvalidId, long Copies, long Beaten, bool KeepsOthers, long Films, long Dated)
{
    /// <summary>What the records come to: distinct films that the load read.</summary>
    public long FilmsRead => Records - WrongColumnCount - InvalidId - Copies - Beaten;

    /// <summary>Films that were there before and that the load did not read; 0 for a load of everything.</summary>
    public long Kept => KeepsOthers ? Films - FilmsRead : 0;

    /// <summary>Films without a release date.</summary>
    public long Undated => Films - Dated;

    /// <summary>Films that there should be and are not; anything but 0 is an error of the program's, and is to be seen.</summary>
    public long Difference => FilmsRead + Kept - Films;

    /// <summary>Whether everything is accounted for.</summary>
    public bool AddsUp => Difference == 0 && Kept >= 0;

    public static async Task<Reconciliation> ReadAsync(DbConnection connection, Snapshot snapshot, CancellationToken cancellationToken)
    {
        var (files, keepsOthers) = await ReadOriginAsync(connection, snapshot, cancellationToken).ConfigureAwait(false);

        // The file of films is the first that a load reads, and where no record was read there was none: the rules speak of credits and ratings, too.
        var findings = snapshot.Records == 0 ? [] : (await connection.QueryAsync(
            "SELECT rule, CAST(SUM(occurrences) AS BIGINT) FROM finding WHERE snapshot_id = $1 AND ($2 = '' OR SUBSTRING($2, 1, LENGTH(file)) = file) GROUP BY rule",
            row => (Rule: row.GetString(0), Count: row.GetInt64(1)),
            cancellationToken,
            snapshot.Id,
            files).ConfigureAwait(false)).ToDictionary(finding => finding.Rule, finding => finding.Count, StringComparer.Ordinal);
        var (films, dated) = (await connection.QueryAsync(
            "SELECT COUNT(*), COUNT(release_year) FROM movie WHERE since <= $1 AND (until IS NULL OR until > $1)",
            row => (row.GetInt64(0), row.GetInt64(1)),
            cancellationToken,
            snapshot.Id).ConfigureAwait(false))[0];
        return new Reconciliation(
            snapshot.Records, Of(Rules.SplitRecord), Of(Rules.WrongColumnCount), Of(Rules.InvalidId), Of(Rules.DuplicateRecord), Of(Rules.ConflictingDuplicate),
            keepsOthers, films, dated);

        long Of(string rule) => findings.GetValueOrDefault(rule);
    }

    /// <summary>
    /// The files that the load read; empty where the ledger is too old to have read more than one. A load without a file of films, or of a part, keeps
    /// the films that are there.
    /// </summary>
    private static async Task<(string Files, bool KeepsOthers)> ReadOriginAsync(DbConnection connection, Snapshot snapshot, CancellationToken cancellationToken)
    {
        var knowsFiles = await Migrations.HoldsRatingsAsync(connection, cancellationToken).ConfigureAwait(false);
        return (await connection.QueryAsync(
            $"SELECT {(knowsFiles ? "files" : "''")}, merged FROM snapshot WHERE snapshot_id = $1",
            row => (row.GetText(0) ?? "", row.GetBoolean(1) || snapshot.Records == 0),
            cancellationToken,
            snapshot.Id).ConfigureAwait(false))[0];
    }
}
