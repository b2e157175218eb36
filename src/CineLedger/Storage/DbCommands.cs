using System.Data;
using System.Data.Common;
using System.Globalization;
using CineLedger.Storage.DuckDb;

namespace CineLedger.Storage;

/// <summary>Short forms of ADO.NET commands. Parameters are positional (<c>$1</c>, <c>$2</c> …), which DuckDB and PostgreSQL both support.</summary>
public static class DbCommands
{
    /// <summary>Runs a statement. Returns the number of changed rows.</summary>
    public static async Task<int> ExecuteAsync(
        this DbConnection connection, string sql, CancellationToken cancellationToken, params object?[] parameters)
    {
        var command = connection.CreateCommand(sql, parameters);
        await using (command.ConfigureAwait(false))
        {
            using var interruption = DuckDbInterrupt.Start(connection, cancellationToken);
            return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Inserts a few rows, with a value for each column, in one statement.</summary>
    public static async Task InsertAsync(this DbConnection connection, string table, IReadOnlyList<object?[]> rows, CancellationToken cancellationToken)
    {
        if (rows.Count > 0)
        {
            var next = 0;
            var values = rows.Select(row => $"({string.Join(", ", row.Select(_ => string.Create(CultureInfo.InvariantCulture, $"${++next}")))})").ToList();
            await connection.ExecuteAsync($"INSERT INTO {table} VALUES {string.Join(", ", values)}", cancellationToken, [.. rows.SelectMany(row => row)]).ConfigureAwait(false);
        }
    }

    /// <summary>Returns the first value of the first row, or null if there is no row or the value is null.</summary>
    public static async Task<object?> ExecuteScalarAsync(
        this DbConnection connection, string sql, CancellationToken cancellationToken, params object?[] parameters)
    {
        var command = connection.CreateCommand(sql, parameters);
        await using (command.ConfigureAwait(false))
        {
            using var interruption = DuckDbInterrupt.Start(connection, cancellationToken);
            var value = await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
            return value is DBNull ? null : value;
        }
    }

    /// <summary>Returns all rows, each converted by <paramref name="read"/>.</summary>
    public static async Task<List<T>> QueryAsync<T>(
        this DbConnection connection,
        string sql,
        Func<DbDataReader, T> read,
        CancellationToken cancellationToken,
        params object?[] parameters)
    {
        var rows = new List<T>();
        await connection.ReadEachAsync(sql, row => rows.Add(read(row)), cancellationToken, parameters).ConfigureAwait(false);
        return rows;
    }

    /// <summary>Calls <paramref name="action"/> for each row.</summary>
    public static async Task ReadEachAsync(
        this DbConnection connection, string sql, Action<DbDataReader> action, CancellationToken cancellationToken, params object?[] parameters)
    {
        var command = connection.CreateCommand(sql, parameters);
        await using (command.ConfigureAwait(false))
        {
            using var interruption = DuckDbInterrupt.Start(connection, cancellationToken);
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    action(reader);
                }
            }
        }
    }

    public static DbCommand CreateCommand(this DbConnection connection, string sql, ReadOnlySpan<object?> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var value in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.Value = value ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }

        return command;
    }

    /// <summary>Opens the rows of a query. They are fetched as they are read, so that a large result is never completely in memory.</summary>
    public static async Task<DbDataReader> OpenRowsAsync(
        this DbConnection connection, string sql, IReadOnlyList<object?> parameters, CancellationToken cancellationToken)
    {
        if (DuckDbRows.TryOpen(connection, sql, parameters, cancellationToken) is { } rows)
        {
            return rows;
        }

        var command = connection.CreateCommand(sql, [.. parameters]);
        return await command.ExecuteReaderAsync(CommandBehavior.SingleResult, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Calls <paramref name="action"/> for each of many rows, which are fetched as they are read.</summary>
    internal static async Task StreamEachAsync(
        this DbConnection connection, string sql, IReadOnlyList<object?> parameters, Action<DbDataReader> action, CancellationToken cancellationToken)
    {
        var rows = await connection.OpenRowsAsync(sql, parameters, cancellationToken).ConfigureAwait(false);
        await using (rows.ConfigureAwait(false))
        {
            while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                action(rows);
            }
        }
    }

    /// <summary>Returns the value of a text column, which may be null.</summary>
    public static string? GetText(this DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
