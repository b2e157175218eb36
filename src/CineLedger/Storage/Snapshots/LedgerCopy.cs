using System.Data;
using CineLedger.Model;
using CineLedger.Storage.Reading;
using CineLedger.Storage.Schema;
using CineLedger.Storage.Writing;

namespace CineLedger.Storage.Snapshots;

/// <summary>
/// Copies a ledger with all its snapshots to an empty one, on the same engine or another. Rows are streamed and keep all their numbers. As in a
/// load, the snapshots are written last, in a separate transaction: an interrupted copy leaves a ledger without a snapshot, which the next copy
/// clears.
/// </summary>
public static class LedgerCopy
{
    /// <summary>The tables of rows; names come before the rows that refer to them.</summary>
    private static readonly string[] Rows =
        ["company", "genre", "country", "language", "person", "keyword", "studio", "studio_line", "company_studio", "movie", .. RelatedWriter.LinkTables, .. RelatedTables.All, "finding"];

    /// <summary>The tables that publish the rows: snapshots and their sources.</summary>
    private static readonly string[] Published = ["source_version", "snapshot_source", "snapshot_figure", "snapshot_profile", TotalRows.Table, "snapshot"];

    /// <summary>Tables that belong to the servers of one ledger. If they were copied, the servers of the copy would repeat work such as webhook deliveries.</summary>
    internal static IReadOnlyList<string> NotCopied { get; } =
        ["ledger_schema", "webhook", "webhook_delivery", "load_run", "load_schedule", "load_gate", "load_finding", "draft", "push_answer", "stream_offset", "change_feed"];

    /// <summary>All tables that are copied. Those that Citus replicates to every node come first, because it requires them to be written first.</summary>
    internal static IReadOnlyList<string> Tables => [.. Published, .. Rows];

    /// <summary>
    /// Copies <paramref name="source"/>, up to its newest snapshot, to <paramref name="target"/>, which must be open for writing.
    /// Throws <see cref="LedgerException"/> if the target has a snapshot or the source has none.
    /// </summary>
    public static async Task<CopySummary> RunAsync(Ledger source, Ledger target, CancellationToken cancellationToken)
    {
        if (await SnapshotRows.FindLatestAsync(target.Connection, cancellationToken).ConfigureAwait(false) is { } there)
        {
            throw new LedgerException(FormattableString.Invariant(
                $"the ledger {target.Name} already holds snapshot {there.Id}, but a copy needs an empty ledger: choose another --to."));
        }

        return await CopyAsync(source, target, Rows, isCurrentOnly: false, cancellationToken).ConfigureAwait(false)
            ?? throw new LedgerException("the ledger has no snapshot yet: load a dataset first (cineledger load SOURCE).");
    }

    /// <summary>
    /// Copies the newest snapshot without its history and findings to an empty ledger, for a dry run. Returns its number, or null if
    /// the source has no snapshot.
    /// </summary>
    /// <param name="source">The ledger to copy.</param>
    /// <param name="target">The empty ledger.</param>
    /// <param name="related">The tables of ratings, people and keywords that are needed.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    internal static async Task<int?> CopyNewestAsync(Ledger source, Ledger target, IReadOnlyCollection<string> related, CancellationToken cancellationToken) =>
        (await CopyAsync(
            source, target, [.. Rows.Where(table => table != "finding" && (!RelatedTables.All.Contains(table) || related.Contains(table)))], isCurrentOnly: true,
            cancellationToken).ConfigureAwait(false))?.Newest;

    private static async Task<CopySummary?> CopyAsync(Ledger source, Ledger target, string[] tables, bool isCurrentOnly, CancellationToken cancellationToken)
    {
        if (await Migrations.ReadVersionAsync(source.Connection, source.Name, cancellationToken).ConfigureAwait(false) is var version && version < Migrations.Latest)
        {
            throw new LedgerException(FormattableString.Invariant(
                $"the ledger {source.Name} was written by an older CineLedger (schema {version}, a copy needs {Migrations.Latest}): upgrade it with one load, then copy."));
        }

        await source.PrepareStreamingAsync(cancellationToken).ConfigureAwait(false);

        // A consistent state of the source: the snapshot filter excludes concurrent loads, this transaction a concurrent prune.
        var state = await source.Connection.BeginTransactionAsync(IsolationLevel.Snapshot, cancellationToken).ConfigureAwait(false);
        await using (state.ConfigureAwait(false))
        {
            return await SnapshotRows.FindLatestAsync(source.Connection, cancellationToken).ConfigureAwait(false) is { } newest
                ? await target.WriteAsync(() => CopyAsync(source, target, tables, newest.Id, isCurrentOnly, cancellationToken), cancellationToken).ConfigureAwait(false)
                : null;
        }
    }

    private static async Task<CopySummary> CopyAsync(
        Ledger source, Ledger target, string[] tables, int newest, bool isCurrentOnly, CancellationToken cancellationToken)
    {
        await target.RunInTransactionAsync(() => ClearAsync(target, cancellationToken), cancellationToken).ConfigureAwait(false);
        await UnpublishedSnapshots.BeginAsync(target.Connection, newest, cancellationToken).ConfigureAwait(false);
        var versions = 0L;
        await target.RunInTransactionAsync(
            async () =>
            {
                foreach (var table in tables)
                {
                    var rows = await CopyRowsAsync(source, target, table, newest, isCurrentOnly, cancellationToken).ConfigureAwait(false);
                    versions += table == "movie" ? rows : 0;
                }
            },
            cancellationToken).ConfigureAwait(false);
        await target.CompleteAllAsync(cancellationToken).ConfigureAwait(false);
        var snapshots = 0;
        await target.RunInTransactionAsync(
            async () =>
            {
                foreach (var table in Published)
                {
                    snapshots = await InsertRowsAsync(source, target, table, newest, cancellationToken).ConfigureAwait(false);
                }

                await UnpublishedSnapshots.EndAsync(target.Connection, cancellationToken).ConfigureAwait(false);
                await target.AnnounceAsync(newest, cancellationToken).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        return new CopySummary(snapshots, versions, newest);
    }

    /// <summary>Deletes the rows that an interrupted copy or load has left. There is no snapshot, so no reader has seen them.</summary>
    private static async Task ClearAsync(Ledger target, CancellationToken cancellationToken)
    {
        foreach (var table in Tables)
        {
            await target.Connection.ExecuteAsync($"DELETE FROM {table}", cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<long> CopyRowsAsync(
        Ledger source, Ledger target, string table, int newest, bool isCurrentOnly, CancellationToken cancellationToken)
    {
        var rows = 0L;
        using var writer = target.OpenWriter(target.Connection, table);
        var reader = await TableRowReader.OpenAsync(source, table, newest, cancellationToken, isCurrentOnly).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                reader.WriteTo(writer);
                await writer.FlushIfFullAsync(cancellationToken).ConfigureAwait(false);
                rows++;
            }
        }

        await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
        return rows;
    }

    /// <summary>Copies small tables with INSERT, because they have timestamps, which bulk writers do not support.</summary>
    private static async Task<int> InsertRowsAsync(Ledger source, Ledger target, string table, int newest, CancellationToken cancellationToken)
    {
        var rows = 0;
        var reader = await TableRowReader.OpenAsync(source, table, newest, cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            var placeholders = string.Join(", ", Enumerable.Range(1, reader.Columns).Select(place => FormattableString.Invariant($"${place}")));
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                await target.Connection.ExecuteAsync($"INSERT INTO {table} VALUES ({placeholders})", cancellationToken, reader.GetValues()).ConfigureAwait(false);
                rows++;
            }
        }

        return rows;
    }
}

/// <summary>The result of a copy.</summary>
/// <param name="Snapshots">The number of copied snapshots.</param>
/// <param name="Versions">The number of copied movie versions.</param>
/// <param name="Newest">The newest snapshot.</param>
public sealed record CopySummary(int Snapshots, long Versions, int Newest);
