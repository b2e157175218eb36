using System.Data.Common;

namespace CineLedger.Export.Snapshots;

/// <summary>Writes a Parquet file for each table with DuckDB. Rows that a reader returns are first appended to a temporary file.</summary>
internal sealed class ParquetTables(string path, DbConnection ledger) : DuckDbTables(path, ledger)
{
    private string RowsFile => System.IO.Path.Combine(Path, "rows.tmp");

    public override async Task<long> WriteAsync(ExportTable table, DbDataReader rows, CancellationToken cancellationToken)
    {
        await AttachAsync(RowsFile, cancellationToken).ConfigureAwait(false);
        await AppendAsync(table, rows, cancellationToken).ConfigureAwait(false);
        var count = await CopyAsync(table, $"FROM {GetName(table)}", cancellationToken).ConfigureAwait(false);
        await ExecuteAsync($"DROP TABLE {GetName(table)}", cancellationToken).ConfigureAwait(false);
        return count;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync().ConfigureAwait(false);
        File.Delete(RowsFile);
    }

    protected override async Task<long> CopyAsync(ExportTable table, string sql, CancellationToken cancellationToken) =>
        await ExecuteAsync($"COPY ({sql}) TO '{Storage.DuckDb.DuckDbFile.Quote(System.IO.Path.Combine(Path, $"{table.Name}.parquet"))}' (FORMAT parquet)", cancellationToken)
            .ConfigureAwait(false);
}
