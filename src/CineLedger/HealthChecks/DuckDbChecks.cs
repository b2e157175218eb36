using System.Data.Common;
using CineLedger.Model;
using CineLedger.Storage.DuckDb;
using CineLedger.Storage.Schema;
using CineLedger.Storage.Snapshots;

namespace CineLedger.HealthChecks;

/// <summary>Checks a ledger file: whether it exists, can be read and has space to grow.</summary>
internal static class DuckDbChecks
{
    private const long RecommendedFreeBytes = 512L << 20;

    public static async Task<IReadOnlyList<CheckResult>> RunAsync(CheckRequest request, CancellationToken cancellationToken)
    {
        var path = Path.GetFullPath(request.Store);
        var folder = Path.GetDirectoryName(path)!;
        if (!File.Exists(path))
        {
            return [CheckResult.Unhealthy("store", $"there is no ledger at {path}", "load a dataset (cineledger load SOURCE), or name another --store")];
        }

        // A load writes new data next to existing data, and may need the same space again for sorting.
        var size = new FileInfo(path).Length;
        List<CheckResult> results =
        [
            MachineChecks.CheckFolder(
                "ledger's folder",
                folder,
                Math.Max(RecommendedFreeBytes, 2 * size),
                "free space there, or move the ledger; a server with --read-only needs no space"),
        ];
        try
        {
            var ledger = await DuckDbLedger.OpenReadOnlyAsync(path, cancellationToken).ConfigureAwait(false);
            await using (ledger.ConfigureAwait(false))
            {
                results.Add(CheckFormatting.CheckSchema(await Migrations.ReadVersionAsync(ledger.Connection, path, cancellationToken).ConfigureAwait(false), Migrations.Latest));
                results.Add(CheckFormatting.CheckAge(await SnapshotRows.FindLatestAsync(ledger.Connection, cancellationToken).ConfigureAwait(false), request.MaxAge));
                results.AddRange(LeftoverChecks.CheckBeside(path));
                results.Insert(0, CheckResult.Healthy("store", $"{path} can be read, {CheckFormatting.FormatSize(size)}"));
            }

            if (request.IsDeep)
            {
                results.AddRange(await ContentChecks.RunAsync(
                    path,
                    async () => await DuckDbFile.ConnectAsync(path, readOnly: true, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false));
            }
        }
        catch (LedgerBusyException error)
        {
            // A server or a load holds the file exclusively, which is normal.
            results.Insert(0, CheckResult.Healthy("store", $"not checked, because it is in use: {CheckFormatting.ToOneLine(error.Message)}"));
        }
        catch (Exception error) when (error is LedgerException or DbException)
        {
            results.Insert(0, CheckResult.Unhealthy("store", CheckFormatting.ToOneLine(error.Message), "restore it from a backup (docs/operations.md), or name another --store"));
        }

        return results;
    }
}
