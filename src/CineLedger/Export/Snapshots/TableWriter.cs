using System.Data;
using System.Data.Common;
using System.Globalization;
using CineLedger.Reports;
using CineLedger.Storage;

namespace CineLedger.Export.Snapshots;

/// <summary>Writes the tables of an export.</summary>
/// <param name="path">The file or folder to write.</param>
/// <param name="ledger">The ledger's connection.</param>
internal abstract class TableWriter(string path, DbConnection ledger) : IAsyncDisposable
{
    protected string Path => path;

    protected DbConnection Ledger => ledger;

    /// <summary>Opens the output.</summary>
    public virtual Task BeginAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Writes a table of the ledger and returns its number of rows.</summary>
    public virtual async Task<long> WriteAsync(ExportTable table, CancellationToken cancellationToken)
    {
        var rows = await ledger.OpenRowsAsync(table.ReadSql, [], cancellationToken).ConfigureAwait(false);
        await using (rows.ConfigureAwait(false))
        {
            return await WriteAsync(table, rows, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Writes a table with the rows of a reader, whose values are as <see cref="ExportTable.ReadSql"/> returns them. Returns the number of rows.</summary>
    public abstract Task<long> WriteAsync(ExportTable table, DbDataReader rows, CancellationToken cancellationToken);

    /// <summary>Completes the output after the last table.</summary>
    public virtual Task EndAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Releases the output, which may be incomplete. The ledger's connection stays open.</summary>
    public abstract ValueTask DisposeAsync();

    /// <summary>Writes a table whose values are in memory.</summary>
    public async Task WriteAsync(ExportTable table, IEnumerable<object?[]> rows, CancellationToken cancellationToken)
    {
        using var data = new DataTable { Locale = CultureInfo.InvariantCulture };
        data.Columns.AddRange([.. table.ResultColumns.Select(column => new DataColumn(column.Name, GetType(column.Kind)))]);
        foreach (var row in rows)
        {
            data.Rows.Add(row);
        }

        await using var reader = data.CreateDataReader();
        await WriteAsync(table, reader, cancellationToken).ConfigureAwait(false);
    }

    private static Type GetType(ColumnKind kind) => kind switch
    {
        ColumnKind.Integer => typeof(long),
        ColumnKind.Boolean => typeof(bool),
        ColumnKind.Time => typeof(DateTime),
        _ => typeof(string),
    };
}
