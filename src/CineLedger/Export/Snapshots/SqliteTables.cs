using System.Data.Common;
using System.Globalization;
using CineLedger.Reports;
using Microsoft.Data.Sqlite;

namespace CineLedger.Export.Snapshots;

/// <summary>Writes all tables into one SQLite file. SQLite has no dates, decimals or Booleans: they are ISO 8601 texts, floating-point numbers, and 0 or 1.</summary>
internal sealed class SqliteTables(string path, DbConnection ledger) : TableWriter(path, ledger)
{
    private readonly SqliteConnection _file = new(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());

    /// <summary>Returns whether a file is an SQLite database with the given tables.</summary>
    public static async Task<bool> HasTablesAsync(string path, IReadOnlyList<string> tables, CancellationToken cancellationToken)
    {
        var file = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, Mode = SqliteOpenMode.ReadOnly }.ToString());
        await using (file.ConfigureAwait(false))
        {
            try
            {
                await file.OpenAsync(cancellationToken).ConfigureAwait(false);
                var command = file.CreateCommand();
                await using (command.ConfigureAwait(false))
                {
                    command.CommandText = $"SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name IN ({string.Join(", ", tables.Select(table => $"'{table}'"))})";
                    return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is long count && count == tables.Count;
                }
            }
            catch (SqliteException)
            {
                return false;
            }
        }
    }

    public override async Task BeginAsync(CancellationToken cancellationToken)
    {
        await _file.OpenAsync(cancellationToken).ConfigureAwait(false);

        // The file is of no use until it is complete, so it needs no journal.
        await ExecuteAsync("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE", cancellationToken).ConfigureAwait(false);
    }

    public override async Task<long> WriteAsync(ExportTable table, DbDataReader rows, CancellationToken cancellationToken)
    {
        var kinds = table.ResultColumns.Select(column => column.Kind).ToArray();
        var columns = string.Join(", ", table.ResultColumns.Select(column => $"{column.Name} {GetType(column.Kind)}"));
        await ExecuteAsync($"BEGIN; CREATE TABLE {table.Name} ({columns})", cancellationToken).ConfigureAwait(false);
        var insert = _file.CreateCommand();
        await using (insert.ConfigureAwait(false))
        {
            insert.CommandText = $"INSERT INTO {table.Name} VALUES ({string.Join(", ", kinds.Select((_, i) => FormattableString.Invariant($"$p{i}")))})";
            var parameters = kinds.Select((_, i) => insert.Parameters.Add(new SqliteParameter { ParameterName = FormattableString.Invariant($"$p{i}") })).ToArray();
            insert.Prepare();
            var count = 0L;
            while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                cancellationToken.ThrowIfCancellationRequested();
                for (var i = 0; i < kinds.Length; i++)
                {
                    parameters[i].Value = ReadValue(rows, i, kinds[i]);
                }

                // SQLite works in memory and on the file without waiting.
                _ = insert.ExecuteNonQuery();
                count++;
            }

            await ExecuteAsync("COMMIT", cancellationToken).ConfigureAwait(false);
            return count;
        }
    }

    public override ValueTask DisposeAsync() => _file.DisposeAsync();

    private static object ReadValue(DbDataReader row, int column, ColumnKind kind) => row.IsDBNull(column) ? DBNull.Value : kind switch
    {
        ColumnKind.Exact => double.Parse(row.GetString(column), CultureInfo.InvariantCulture),
        ColumnKind.Boolean => row.GetBoolean(column) ? 1L : 0L,
        ColumnKind.Time => ReaderExtensions.FormatTime(row.GetDateTime(column)),
        ColumnKind.Date => row.GetString(column),
        _ => ExportTable.ReadValue(row, column, kind)!,
    };

    private static string GetType(ColumnKind kind) => kind switch
    {
        ColumnKind.Integer or ColumnKind.Boolean => "INTEGER",
        ColumnKind.Number or ColumnKind.Exact => "REAL",
        _ => "TEXT",
    };

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        var command = _file.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
