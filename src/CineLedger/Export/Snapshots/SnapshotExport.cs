using System.Data.Common;
using System.Security.Cryptography;
using CineLedger.Model;
using CineLedger.Reports.Views;
using CineLedger.Storage;
using CineLedger.Storage.DuckDb;
using CineLedger.Storage.Snapshots;

namespace CineLedger.Export.Snapshots;

/// <summary>Writes one snapshot as files for other tools: a table for each view, a data dictionary and a manifest. See docs/exports.md.</summary>
public static class SnapshotExport
{
    /// <param name="ledger">The ledger, open for reading.</param>
    /// <param name="snapshot">The snapshot to write.</param>
    /// <param name="path">The file or folder. An earlier export is replaced; anything else there is an error.</param>
    /// <param name="format">The format.</param>
    /// <param name="progress">Receives the name of each table before it is written; null for none.</param>
    /// <param name="cancellationToken">Cancels the export, which then leaves nothing behind.</param>
    /// <exception cref="LedgerException">The target cannot be written, or the snapshot is gone.</exception>
    public static async Task<ExportSummary> WriteAsync(
        Ledger ledger, Snapshot snapshot, string path, ExportFormat format, IProgress<ExportProgress>? progress, CancellationToken cancellationToken)
    {
        var target = new ExportTarget(path, format);
        try
        {
            await target.PrepareAsync(cancellationToken).ConfigureAwait(false);
            var views = await SnapshotViews.ReadAsync(ledger, cancellationToken).ConfigureAwait(false);
            ExportTable[] tables = [.. views.Select(view => ExportTable.Create(view, snapshot.Id))];
            var written = await WriteTablesAsync(ledger.Connection, snapshot, tables, target.Temporary, format, progress, cancellationToken).ConfigureAwait(false);
            if (format.IsFolder)
            {
                written = [.. await Task.WhenAll(written.Select(table => DescribeFileAsync(target.Temporary, table, cancellationToken))).ConfigureAwait(false)];
                await ExportManifest.WriteAsync(target.Temporary, format.Name, snapshot, written, cancellationToken).ConfigureAwait(false);
            }

            // Rows of a snapshot never change, but it can be pruned or reverted meanwhile.
            if (await SnapshotRows.TryFindAsync(ledger.Connection, snapshot.Id, cancellationToken).ConfigureAwait(false) is null)
            {
                throw new LedgerException(FormattableString.Invariant($"snapshot {snapshot.Id} was removed during the export: nothing was written; export another one."));
            }

            var bytes = format.IsFolder ? written.Sum(table => table.Bytes) : new FileInfo(target.Temporary).Length;
            target.Publish();
            return new ExportSummary(tables.Length, written.Take(tables.Length).Sum(table => table.Rows), bytes);
        }
        catch (Exception error)
        {
            target.Discard();
            cancellationToken.ThrowIfCancellationRequested();
            throw error is DbException or IOException or UnauthorizedAccessException && StoreEngine.Explain(error) is null
                ? new LedgerException($"{path} cannot be written: {DuckDbErrors.GetFirstLine(error.Message).TrimEnd('.', ' ')}. Free some space, or name another path.", error)
                : error;
        }
    }

    private static async Task<IReadOnlyList<ExportedTable>> WriteTablesAsync(
        DbConnection connection, Snapshot snapshot, ExportTable[] tables, string path, ExportFormat format, IProgress<ExportProgress>? progress,
        CancellationToken cancellationToken)
    {
        var written = new List<ExportedTable>();
        var writer = format.CreateWriter(path, connection);
        await using (writer.ConfigureAwait(false))
        {
            await writer.BeginAsync(cancellationToken).ConfigureAwait(false);
            foreach (var table in tables)
            {
                progress?.Report(new ExportProgress(table.Name, written.Count, tables.Length));
                written.Add(new(table.Name, await writer.WriteAsync(table, cancellationToken).ConfigureAwait(false)) { File = $"{table.Name}.{format.Name}" });
            }

            if (!format.IsFolder)
            {
                await writer.WriteAsync(DataDictionary.CreateTable(ExportManifest.Tables[0]), DataDictionary.EnumerateRows(tables), cancellationToken).ConfigureAwait(false);
                await writer.WriteAsync(ExportManifest.Table, ExportManifest.EnumerateRows(snapshot, written), cancellationToken).ConfigureAwait(false);
            }

            await writer.EndAsync(cancellationToken).ConfigureAwait(false);
        }

        if (!format.IsFolder)
        {
            return written;
        }

        var text = new CsvTables(path, connection);
        await using (text.ConfigureAwait(false))
        {
            var rows = DataDictionary.EnumerateRows(tables).ToList();
            await text.WriteAsync(DataDictionary.CreateTable("dictionary"), rows, cancellationToken).ConfigureAwait(false);
            return [.. written, new("dictionary", rows.Count) { File = "dictionary.csv" }];
        }
    }

    private static async Task<ExportedTable> DescribeFileAsync(string folder, ExportedTable table, CancellationToken cancellationToken)
    {
        var file = new FileStream(Path.Combine(folder, table.File), FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, useAsync: true);
        await using (file.ConfigureAwait(false))
        {
            return table with { Bytes = file.Length, Sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken).ConfigureAwait(false)) };
        }
    }
}

/// <summary>The result of an export.</summary>
/// <param name="Tables">The number of tables of the ledger.</param>
/// <param name="Rows">Their number of rows.</param>
/// <param name="Bytes">The size of the files.</param>
public sealed record ExportSummary(int Tables, long Rows, long Bytes);

/// <summary>The progress of an export.</summary>
/// <param name="Table">The table that is being written.</param>
/// <param name="Done">The number of tables that are complete.</param>
/// <param name="Total">The number of tables.</param>
public sealed record ExportProgress(string Table, int Done, int Total);
