using System.Data;
using CineLedger.Model;
using CineLedger.Storage.Reading;
using CineLedger.Storage.Schema;
using CineLedger.Storage.Writing;

namespace CineLedger.Storage.Snapshots;

/// <summary>
/// Carries a ledger with all its snapshots into an empty one, of whichever engine. Rows stream, and keep all their numbers. As in a
/// load, they come first and the snapshots last, in a transaction of their own: a copy that dies leaves a ledger without a snapshot,
/// which the next copy clears.
/// </summary>
public static class LedgerCopy
{
    /// <summary>Names before what points to them. Their rows are small; those with a <c>since</c> may be many.</summary>
    private static readonly string[] Rows = ["company", "genre", "country", "language", "person", "keyword", "movie", .. RelatedWriter.LinkTables, .. RelatedTables.All, "finding"];

    /// <summary>What readers start from: a row each snapshot, and each source.</summary>
    private static readonly string[] Published = ["source_version", "snapshot_source", "snapshot"];

    /// <summary>What belongs to the servers of one ledger and would be done twice if a copy had it too.</summary>
    internal static IReadOnlyList<string> NotCopied { get; } = ["ledger_schema", "webhook", "webhook_delivery", "load_run", "load_schedule", "draft", "push_answer", "stream_offset", "change_feed"];

    /// <summary>All tables that are copied; first those that a cluster holds whole on every node, which it wants written first.</summary>
    internal static IReadOnlyList<string> Tables => [.. Published, .. Rows];

    /// <summary>
    /// Copies <paramref name="source"/>, up to the snapshot that is its newest now, to <paramref name="target"/>, open for writing.
    /// Throws <see cref="LedgerException"/> where the target holds a snapshot or the source none.
    /// </summary>
    public static async Task<CopySummary> RunAsync(Ledger source, Ledger target, CancellationToken cancellationToken)
    {
        if (await SnapshotRows.FindLatestAsync(target.Connection, cancellationToken).ConfigureAwait(false) is { } there)
        {
            throw new LedgerException(FormattableString.Invariant(
                $"the ledger {target.Name} already holds snapshot {there.Id}, and a copy goes into an empty one: name another --to."));
        }

        if (await Migrations.ReadVersionAsync(source.Connection, source.Name, cancellationToken).ConfigureAwait(false) is var version && version < Migrations.Latest)
        {
            throw new LedgerException(FormattableString.Invariant(
                $"the ledger {source.Name} was written by an older CineLedger (schema {version}, this one copies {Migrations.Latest}): load into it once, then copy."));
        }

        await source.PrepareStreamingAsync(cancellationToken).ConfigureAwait(false);

        // One state of everything, whatever is loaded into the source meanwhile: the snapshot filter keeps loads out, this a prune.
        var state = await source.Connection.BeginTransactionAsync(IsolationLevel.Snapshot, cancellationToken).ConfigureAwait(false);
        await using (state.ConfigureAwait(false))
        {
            var newest = await SnapshotRows.FindAsync(source.Connection, null, cancellationToken).ConfigureAwait(false);
            return await target.WriteAsync(() => CopyAsync(source, target, newest.Id, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<CopySummary> CopyAsync(Ledger source, Ledger target, int newest, CancellationToken cancellationToken)
    {
        await target.RunInTransactionAsync(() => ClearAsync(target, cancellationToken), cancellationToken).ConfigureAwait(false);
        await UnpublishedSnapshots.BeginAsync(target.Connection, newest, cancellationToken).ConfigureAwait(false);
        var versions = 0L;
        await target.RunInTransactionAsync(
            async () =>
            {
                foreach (var table in Rows)
                {
                    var rows = await CopyRowsAsync(source, target, table, newest, cancellationToken).ConfigureAwait(false);
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

    /// <summary>Takes away what a copy or a load has left that died: there is no snapshot, so nobody has seen it.</summary>
    private static async Task ClearAsync(Ledger target, CancellationToken cancellationToken)
    {
        foreach (var table in Tables)
        {
            await target.Connection.ExecuteAsync($"DELETE FROM {table}", cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<long> CopyRowsAsync(Ledger source, Ledger target, string table, int newest, CancellationToken cancellationToken)
    {
        var rows = 0L;
        using var writer = target.OpenWriter(target.Connection, table);
        var reader = await TableRowReader.OpenAsync(source, table, newest, cancellationToken).ConfigureAwait(false);
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

    /// <summary>For tables of few rows, with times, which no bulk load has.</summary>
    private static async Task<int> InsertRowsAsync(Ledger source, Ledger target, string table, int newest, CancellationToken cancellationToken)
    {
        var rows = 0;
        var reader = await TableRowReader.OpenAsync(source, table, newest, cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            var places = string.Join(", ", Enumerable.Range(1, reader.Columns).Select(place => FormattableString.Invariant($"${place}")));
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                await target.Connection.ExecuteAsync($"INSERT INTO {table} VALUES ({places})", cancellationToken, reader.GetValues()).ConfigureAwait(false);
                rows++;
            }
        }

        return rows;
    }
}

/// <summary>What a copy carried.</summary>
/// <param name="Snapshots">How many snapshots.</param>
/// <param name="Versions">How many versions of movies.</param>
/// <param name="Newest">The newest snapshot.</param>
public sealed record CopySummary(int Snapshots, long Versions, int Newest);
