using System.Data.Common;
using System.Globalization;
using CineLedger.Files;
using CineLedger.Model;
using CineLedger.Reports;
using DuckDB.NET.Data;

namespace CineLedger.Export;

/// <summary>
/// Writes a Parquet file through an in-memory DuckDB, from the rows of any engine. It is written to a temporary file first, because DuckDB
/// writes only to files.
/// </summary>
public sealed class ParquetWriter(Stream output) : ResultWriter
{
    private readonly DuckDBConnection _connection = new("DataSource=:memory:;memory_limit=256MB");
    private readonly string _file = TemporaryPaths.Create(".parquet");
    private IReadOnlyList<Column> _columns = [];
    private DuckDBAppender? _rows;

    public override async Task BeginAsync(IReadOnlyList<Column> columns, CancellationToken cancellationToken)
    {
        _columns = columns;
        await _connection.OpenAsync(cancellationToken).ConfigureAwait(false);

        // DuckDB does not distinguish upper and lower case, as names from the data do, so columns get their names in the file only.
        var definitions = string.Join(", ", columns.Select((column, i) => $"{GetName(i)} {GetSqlType(column.Kind)}"));
        await ExecuteAsync($"CREATE TABLE result ({definitions})", cancellationToken).ConfigureAwait(false);
        _rows = _connection.CreateAppender("result");
    }

    public override ValueTask WriteAsync(DbDataReader row, CancellationToken cancellationToken)
    {
        var target = _rows!.CreateRow();
        for (var i = 0; i < _columns.Count; i++)
        {
            _ = row.IsDBNull(i)
                ? target.AppendNullValue()
                : _columns[i].Kind switch
                {
                    ColumnKind.Text => target.AppendValue(row.GetString(i)),
                    ColumnKind.Number => target.AppendValue(row.GetDouble(i)),
                    ColumnKind.Exact => target.AppendValue(double.Parse(row.GetString(i), CultureInfo.InvariantCulture)),
                    ColumnKind.Boolean => target.AppendValue(row.GetBoolean(i)),
                    ColumnKind.Date => target.AppendValue(ParseDay(row.GetString(i), _columns[i].Name)),
                    ColumnKind.Time => target.AppendValue(row.GetDateTime(i)),
                    _ => target.AppendValue(row.GetInteger(i)),
                };
        }

        target.EndRow();
        return ValueTask.CompletedTask;
    }

    public override async Task EndAsync(ResultInfo info, CancellationToken cancellationToken)
    {
        _rows!.Close();
        var columns = string.Join(", ", _columns.Select((column, i) => $"{GetName(i)} AS \"{column.Name.Replace("\"", "\"\"", StringComparison.Ordinal)}\""));
        await ExecuteAsync($"COPY (SELECT {columns} FROM result) TO '{_file.Replace("'", "''", StringComparison.Ordinal)}' (FORMAT parquet)", cancellationToken)
            .ConfigureAwait(false);
        var file = new FileStream(_file, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, useAsync: true);
        await using (file.ConfigureAwait(false))
        {
            await file.CopyToAsync(output, cancellationToken).ConfigureAwait(false);
        }

        await output.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    public override async ValueTask DisposeAsync()
    {
        _rows?.Dispose();
        await _connection.DisposeAsync().ConfigureAwait(false);
        File.Delete(_file);
    }

    private static string GetName(int column) => FormattableString.Invariant($"c{column}");

    private static string GetSqlType(ColumnKind kind) => kind switch
    {
        ColumnKind.Text => "VARCHAR",
        ColumnKind.Number or ColumnKind.Exact => "DOUBLE",
        ColumnKind.Boolean => "BOOLEAN",
        ColumnKind.Date => "DATE",
        ColumnKind.Time => "TIMESTAMP",
        _ => "BIGINT",
    };

    private static DateOnly ParseDay(string day, string column) => DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var known)
        ? known
        : throw new UsageException($"the column '{column}' contains the date '{day}', which Parquet does not support: convert it to text with CAST(… AS VARCHAR).");

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        var command = _connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
