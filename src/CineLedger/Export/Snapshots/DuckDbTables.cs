using System.Data.Common;
using CineLedger.Storage;
using CineLedger.Storage.DuckDb;
using DuckDB.NET.Data;

namespace CineLedger.Export.Snapshots;

/// <summary>
/// Writes all tables into one DuckDB file. The engine copies them itself when the ledger is in this process; rows of any other ledger are read and appended.
/// </summary>
internal class DuckDbTables(string path, DbConnection ledger) : TableWriter(path, ledger)
{
    /// <summary>The memory for sorting the largest report, in bytes, if the machine has it; with less, a temporary file is used.</summary>
    private const long Memory = 1 << 30;

    /// <summary>The name under which the file is attached.</summary>
    private const string Target = "export_file";

    private readonly DuckDBConnection _engine = ledger as DuckDBConnection ?? new("DataSource=:memory:;autoinstall_known_extensions=false;autoload_known_extensions=false");
    private bool _isAttached;

    /// <summary>Returns whether a file is a DuckDB database with the given tables.</summary>
    public static async Task<bool> HasTablesAsync(string path, IReadOnlyList<string> tables, CancellationToken cancellationToken)
    {
        var file = new DuckDBConnection($"DataSource={path};ACCESS_MODE=READ_ONLY");
        await using (file.ConfigureAwait(false))
        {
            try
            {
                await file.OpenAsync(cancellationToken).ConfigureAwait(false);
                return await file.ExecuteScalarAsync(
                    $"SELECT COUNT(*) FROM duckdb_tables() WHERE table_name IN ({string.Join(", ", tables.Select(table => $"'{table}'"))})", cancellationToken)
                    .ConfigureAwait(false) is long count && count == tables.Count;
            }
            catch (DuckDBException)
            {
                return false;
            }
        }
    }

    public override async Task BeginAsync(CancellationToken cancellationToken)
    {
        if (_engine != Ledger)
        {
            await _engine.OpenAsync(cancellationToken).ConfigureAwait(false);
            await ExecuteAsync("SET temp_directory = ''", cancellationToken).ConfigureAwait(false);
        }

        await ExecuteAsync($"SET memory_limit = '{DuckDbMemory.FormatLimit(DuckDbMemory.QueryLimit, Memory)}'", cancellationToken).ConfigureAwait(false);
    }

    public override async Task<long> WriteAsync(ExportTable table, CancellationToken cancellationToken)
    {
        if (_engine != Ledger)
        {
            return await base.WriteAsync(table, cancellationToken).ConfigureAwait(false);
        }

        return await CopyAsync(table, table.CopySql, cancellationToken).ConfigureAwait(false);
    }

    public override async Task<long> WriteAsync(ExportTable table, DbDataReader rows, CancellationToken cancellationToken)
    {
        await AttachAsync(Path, cancellationToken).ConfigureAwait(false);
        return await AppendAsync(table, rows, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Detaches the file, which writes what is still in memory.</summary>
    public override async Task EndAsync(CancellationToken cancellationToken)
    {
        if (_isAttached)
        {
            _isAttached = false;
            await ExecuteAsync($"DETACH {Target}", cancellationToken).ConfigureAwait(false);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        try
        {
            await EndAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (DuckDBException)
        {
            // The file is incomplete, because writing it has failed before.
        }

        if (_engine != Ledger)
        {
            await _engine.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Copies the rows of a query of the engine. Returns the number of rows.</summary>
    protected virtual async Task<long> CopyAsync(ExportTable table, string sql, CancellationToken cancellationToken)
    {
        await AttachAsync(Path, cancellationToken).ConfigureAwait(false);
        await ExecuteAsync($"CREATE TABLE {GetName(table)} AS {sql}", cancellationToken).ConfigureAwait(false);
        await DescribeAsync(table, cancellationToken).ConfigureAwait(false);
        return (long)(await _engine.ExecuteScalarAsync($"SELECT COUNT(*) FROM {GetName(table)}", cancellationToken).ConfigureAwait(false))!;
    }

    /// <summary>Appends the rows of a reader to a new table of the attached file.</summary>
    protected async Task<long> AppendAsync(ExportTable table, DbDataReader rows, CancellationToken cancellationToken)
    {
        var columns = string.Join(", ", table.Columns.Select(column => $"{column.Name} {column.Type}"));
        await ExecuteAsync($"CREATE TABLE {GetName(table)} ({columns})", cancellationToken).ConfigureAwait(false);
        await DescribeAsync(table, cancellationToken).ConfigureAwait(false);
        var kinds = table.ResultColumns.Select(column => column.Kind).ToArray();
        var count = 0L;
        using var appender = _engine.CreateAppender(Target, "main", table.Name);
        while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var target = appender.CreateRow();
            for (var i = 0; i < kinds.Length; i++)
            {
                _ = ExportTable.ReadValue(rows, i, kinds[i]) switch
                {
                    null => target.AppendNullValue(),
                    string text => target.AppendValue(text),
                    long number when table.Columns[i].Type == "INTEGER" => target.AppendValue((int)number),
                    long number => target.AppendValue(number),
                    double number => target.AppendValue(number),
                    decimal number => target.AppendValue(number),
                    bool value => target.AppendValue(value),
                    DateOnly day => target.AppendValue(day),
                    DateTime time => target.AppendValue(time),
                    var value => throw new NotSupportedException($"{value.GetType().Name} cannot be appended"),
                };
            }

            target.EndRow();
            count++;
        }

        appender.Close();
        return count;
    }

    protected static string GetName(ExportTable table) => $"{Target}.main.{table.Name}";

    protected async Task AttachAsync(string file, CancellationToken cancellationToken)
    {
        if (!_isAttached)
        {
            await ExecuteAsync($"ATTACH '{DuckDbFile.Quote(file)}' AS {Target}", cancellationToken).ConfigureAwait(false);
            _isAttached = true;
        }
    }

    protected Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken) => _engine.ExecuteAsync(sql, cancellationToken);

    private async Task DescribeAsync(ExportTable table, CancellationToken cancellationToken) => await ExecuteAsync(
        string.Join(';', table.Columns.Select(column => $"COMMENT ON COLUMN {GetName(table)}.{column.Name} IS '{DuckDbFile.Quote(column.Meaning)}'")
            .Prepend($"COMMENT ON TABLE {GetName(table)} IS '{DuckDbFile.Quote(table.Meaning)}'")),
        cancellationToken).ConfigureAwait(false);
}
