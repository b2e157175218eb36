using System.Data.Common;
using CineLedger.Model;
using CineLedger.Storage.DuckDb;
using CineLedger.Storage.Writing;

namespace CineLedger.Storage.Reading;

/// <summary>Streams all rows of a ledger's table up to one snapshot.</summary>
internal sealed class TableRowReader : IAsyncDisposable
{
    private readonly Ledger _ledger;
    private readonly DbCommand _command;
    private readonly DbDataReader _reader;
    private readonly Action<BulkWriter, DbDataReader>[] _columns;

    private TableRowReader(Ledger ledger, DbCommand command, DbDataReader reader)
    {
        _ledger = ledger;
        _command = command;
        _reader = reader;
        _columns = [.. Enumerable.Range(0, reader.FieldCount).Select(column => CreateColumnCopier(reader.GetFieldType(column), column))];
    }

    /// <summary>The number of columns.</summary>
    public int Columns => _columns.Length;

    /// <param name="ledger">The ledger.</param>
    /// <param name="table">The table.</param>
    /// <param name="newest">The snapshot up to which rows are read.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <param name="isCurrentOnly">Whether to skip rows that are no longer in the snapshot.</param>
    public static async Task<TableRowReader> OpenAsync(
        Ledger ledger, string table, int newest, CancellationToken cancellationToken, bool isCurrentOnly = false)
    {
        var names = await ReadAsync(ledger, () => ReadColumnsAsync(ledger.Connection, table, cancellationToken), cancellationToken).ConfigureAwait(false);

        // Leaves out rows that later loads have written, and values of until that they have set, whether published or not.
        var columns = names.Select(name => name == "until" ? $"CASE WHEN until <= {newest} THEN until END" : name);
        var numbered = names.FirstOrDefault(name => name is "since" or "snapshot_id");
        var current = isCurrentOnly && names.Contains("until") ? $" AND (until IS NULL OR until > {newest})" : "";
        var command = ledger.Connection.CreateCommand(
            $"SELECT {string.Join(", ", columns)} FROM {table}{(numbered is null ? "" : $" WHERE {numbered} <= {newest}{current}")}", []);
        DuckDbRows.EnableStreaming(command);
        try
        {
            var reader = await ReadAsync(ledger, () => command.ExecuteReaderAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
            return new TableRowReader(ledger, command, reader);
        }
        catch
        {
            await command.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Advances to the next row. Returns false after the last.</summary>
    public Task<bool> ReadAsync(CancellationToken cancellationToken) =>
        ReadAsync(_ledger, () => _reader.ReadAsync(cancellationToken), cancellationToken);

    /// <summary>Writes the row to a writer of the same table.</summary>
    public void WriteTo(BulkWriter writer)
    {
        for (var column = 0; column < _columns.Length; column++)
        {
            if (_reader.IsDBNull(column))
            {
                writer.AddNull();
            }
            else
            {
                _columns[column](writer, _reader);
            }
        }

        writer.EndRow();
    }

    /// <summary>Returns the row's values, null for unknown.</summary>
    public object?[] GetValues() => [.. Enumerable.Range(0, Columns).Select(column => _reader.IsDBNull(column) ? null : _reader.GetValue(column))];

    public async ValueTask DisposeAsync()
    {
        await _reader.DisposeAsync().ConfigureAwait(false);
        await _command.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Adds the ledger's name to errors, because another ledger is being written at the same time.</summary>
    private static async Task<T> ReadAsync<T>(Ledger ledger, Func<Task<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            return await read().ConfigureAwait(false);
        }
        catch (DbException error)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw ledger.TranslateWriteFailure(error) as DamagedLedgerException
                ?? new LedgerException($"the ledger {ledger.Name} cannot be read: {error.Message} Nothing was published; run the copy again.", error);
        }
    }

    /// <summary>Returns a table's columns. The scripts create the same columns, in the same order and of the same types, on every engine.</summary>
    private static async Task<IReadOnlyList<string>> ReadColumnsAsync(DbConnection connection, string table, CancellationToken cancellationToken)
    {
        var command = connection.CreateCommand($"SELECT * FROM {table} WHERE 1 = 0", []);
        await using (command.ConfigureAwait(false))
        {
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                return [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
            }
        }
    }

    /// <summary>Creates a function that copies a value with the overload for its column's type, because writers do not convert.</summary>
    private static Action<BulkWriter, DbDataReader> CreateColumnCopier(Type type, int column) => Type.GetTypeCode(type) switch
    {
        TypeCode.Int64 => (writer, row) => writer.Add(row.GetInt64(column)),
        TypeCode.Int32 => (writer, row) => writer.Add(row.GetInt32(column)),
        TypeCode.Double => (writer, row) => writer.Add(row.GetDouble(column)),
        TypeCode.Boolean => (writer, row) => writer.Add(row.GetBoolean(column)),
        TypeCode.Decimal => (writer, row) => writer.Add(row.GetDecimal(column)),
        TypeCode.String => (writer, row) => writer.Add(row.GetString(column)),

        // A date, for which DuckDB's and PostgreSQL's libraries report different types.
        _ when type == typeof(DateOnly) || type == typeof(DateTime) => (writer, row) => writer.Add(row.GetFieldValue<DateOnly>(column)),
        _ => throw new NotSupportedException($"columns of type {type.Name} are not supported"),
    };
}
