using System.Data.Common;

namespace CineLedger.Export.Snapshots;

/// <summary>Writes a CSV file for each table.</summary>
internal sealed class CsvTables(string path, DbConnection ledger) : TableWriter(path, ledger)
{
    public override async Task<long> WriteAsync(ExportTable table, DbDataReader rows, CancellationToken cancellationToken)
    {
        var file = new FileStream(System.IO.Path.Combine(Path, $"{table.Name}.csv"), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true);
        await using (file.ConfigureAwait(false))
        {
            var writer = new CsvWriter(file);
            await using (writer.ConfigureAwait(false))
            {
                return await writer.WriteResultAsync(table.ResultColumns, rows, new ResultInfo(null, null), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
