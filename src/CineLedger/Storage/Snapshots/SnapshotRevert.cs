using System.Globalization;
using CineLedger.Model;
using CineLedger.Storage.Schema;
using CineLedger.Storage.Studios;
using CineLedger.Storage.Writing;

namespace CineLedger.Storage.Snapshots;

/// <summary>
/// Restores the content of an older snapshot by publishing it as a new one; history is never undone. It writes what a load of the same movies
/// would write, in the same order: first the new rows, not yet visible, then the end of the replaced rows together with the snapshot. Movies whose
/// content already equals that of the older snapshot keep their rows.
/// </summary>
public static class SnapshotRevert
{
    /// <summary>A condition on <c>movie p</c>: movies of snapshot $1 whose content is not current. $2 is the new snapshot.</summary>
    private static readonly string Missing =
        $"""
        {AsOf.Build("p")} AND NOT EXISTS (
            SELECT 1 FROM movie c WHERE c.movie_id = p.movie_id AND c.content_hash = p.content_hash AND c.until IS NULL AND c.since < $2)
        """;

    private static readonly string MovieColumns = string.Join(", ", MovieWriter.ContentColumns);

    /// <summary>
    /// Publishes the state of snapshot <paramref name="id"/> in a ledger that is open for writing. Throws <see cref="UsageException"/>
    /// if there is no such snapshot.
    /// </summary>
    public static async Task<RevertSummary> RunAsync(Ledger ledger, int id, CancellationToken cancellationToken)
    {
        var target = await SnapshotRows.FindAsync(ledger.Connection, id, cancellationToken).ConfigureAwait(false);
        return await ledger.WriteAsync(() => RunAsync(ledger, target, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private static async Task<RevertSummary> RunAsync(Ledger ledger, Snapshot target, CancellationToken cancellationToken)
    {
        var startedAt = DateTime.UtcNow;
        var connection = ledger.Connection;
        await ledger.PrepareRewriteAsync(cancellationToken).ConfigureAwait(false);
        var id = await UnpublishedSnapshots.ClearAsync(connection, cancellationToken).ConfigureAwait(false) + 1;
        var changes = await connection.QueryAsync(
            $"""
            SELECT COUNT(*) FILTER (WHERE c.movie_id IS NULL),
                   COUNT(*) FILTER (WHERE c.content_hash <> p.content_hash OR (c.movie_id = p.movie_id AND d.movie_id IS NOT NULL)),
                   COUNT(*) FILTER (WHERE p.movie_id IS NULL)
            FROM (SELECT movie_id, content_hash FROM movie WHERE until IS NULL) c
            FULL JOIN (SELECT movie_id, content_hash FROM movie WHERE {AsOf.Build("")}) p ON p.movie_id = c.movie_id
            LEFT JOIN ({RelatedTablesRevert.Differing}) d ON d.movie_id = c.movie_id
            """,
            row => (Added: row.GetInt64(0), Changed: row.GetInt64(1), Removed: row.GetInt64(2)),
            cancellationToken,
            target.Id).ConfigureAwait(false);
        var studios = await StudioRows.ReadLinesAsync(connection, target.Id, cancellationToken).ConfigureAwait(false);
        if (changes[0] == default && studios.SequenceEqual(await StudioRows.ReadLinesAsync(connection, id - 1, cancellationToken).ConfigureAwait(false)))
        {
            return new RevertSummary(await SnapshotRows.FindAsync(connection, null, cancellationToken).ConfigureAwait(false), IsPublished: false);
        }

        await UnpublishedSnapshots.BeginAsync(connection, id, cancellationToken).ConfigureAwait(false);
        await ledger.RunInTransactionAsync(() => WriteRowsAsync(ledger, target.Id, id, cancellationToken), cancellationToken).ConfigureAwait(false);
        await ledger.CompleteAllAsync(cancellationToken).ConfigureAwait(false);

        // No records were read, and the findings remain with the older snapshot.
        var snapshot = new Snapshot(
            id, string.Create(CultureInfo.InvariantCulture, $"snapshot {target.Id}"), null, target.Synthetic, startedAt, DateTime.UtcNow, 0,
            target.Movies, target.Undated, changes[0].Added, changes[0].Changed, changes[0].Removed);
        await ledger.RunInTransactionAsync(() => PublishAsync(ledger, target.Id, snapshot, cancellationToken), cancellationToken).ConfigureAwait(false);
        return new RevertSummary(snapshot, IsPublished: true);
    }

    /// <summary>Writes movies and links again, as versions of the new snapshot.</summary>
    private static async Task WriteRowsAsync(Ledger ledger, int target, int id, CancellationToken cancellationToken)
    {
        await ledger.Connection.ExecuteAsync(
            $"INSERT INTO movie (movie_id, since, {MovieColumns}) SELECT movie_id, $2, {MovieColumns} FROM movie p WHERE {Missing}",
            cancellationToken,
            target,
            id).ConfigureAwait(false);
        foreach (var links in RelatedWriter.LinkTables)
        {
            var name = links["movie_".Length..];
            var columns = name is "company" or "genre" ? $"{name}_id, position, source_id" : $"{name}_id, position";
            await ledger.Connection.ExecuteAsync(
                $"""
                INSERT INTO {links} (movie_id, since, {columns})
                SELECT l.movie_id, $2, {columns} FROM movie p JOIN {links} l ON l.movie_id = p.movie_id AND l.since = p.since WHERE {Missing}
                """,
                cancellationToken,
                target,
                id).ConfigureAwait(false);
        }

        await RelatedTablesRevert.WriteRowsAsync(ledger, target, id, cancellationToken).ConfigureAwait(false);
    }

    private static async Task PublishAsync(Ledger ledger, int target, Snapshot snapshot, CancellationToken cancellationToken)
    {
        await RelatedTablesRevert.EndRowsAsync(ledger, target, snapshot.Id, cancellationToken).ConfigureAwait(false);
        await ledger.Connection.ExecuteAsync(
            $"""
            UPDATE movie SET until = $2 WHERE until IS NULL AND since < $2 AND NOT EXISTS (
                SELECT 1 FROM movie p WHERE p.movie_id = movie.movie_id AND p.content_hash = movie.content_hash
                AND {AsOf.Build("p")})
            """,
            cancellationToken,
            target,
            snapshot.Id).ConfigureAwait(false);
        await StudioRows.RevertAsync(ledger, target, snapshot.Id, cancellationToken).ConfigureAwait(false);
        await SnapshotRows.InsertAsync(ledger.Connection, snapshot, merged: false, files: null, cancellationToken).ConfigureAwait(false);
        await ProfileRows.CopyAsync(ledger.Connection, target, snapshot.Id, cancellationToken).ConfigureAwait(false);
        await TotalRows.WriteAsync(ledger, snapshot, cancellationToken).ConfigureAwait(false);
        await UnpublishedSnapshots.EndAsync(ledger.Connection, cancellationToken).ConfigureAwait(false);
        await ledger.AnnounceAsync(snapshot.Id, cancellationToken).ConfigureAwait(false);
    }
}

/// <summary>The result of a revert.</summary>
/// <param name="Snapshot">The published snapshot, or the newest one if it has the same content.</param>
/// <param name="IsPublished">False if nothing differed and no row was written.</param>
public sealed record RevertSummary(Snapshot Snapshot, bool IsPublished);
