using System.Data.Common;
using CineLedger.Storage;

namespace CineLedger.Reports;

/// <summary>The rows of a query as they come from the store, one at a time.</summary>
public sealed class DbResult : IAsyncDisposable
{
    private readonly DbCommand _command;
    private readonly DbDataReader _reader;

    private DbResult(IReadOnlyList<Column> columns, DbCommand command, DbDataReader reader)
    {
        Columns = columns;
        _command = command;
        _reader = reader;
    }

    public IReadOnlyList<Column> Columns { get; }

    /// <summary>The rows; their columns stand where <see cref="Columns"/> has them.</summary>
    public DbDataReader Rows => _reader;

    public static async Task<DbResult> OpenAsync(
        DbConnection connection, SqlText sql, IReadOnlyList<Column> columns, CancellationToken cancellationToken)
    {
        var command = connection.CreateStreamingCommand(sql.Text, [.. sql.Parameters]);
        try
        {
            return new DbResult(columns, command, await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false));
        }
        catch
        {
            await command.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _reader.DisposeAsync().ConfigureAwait(false);
        await _command.DisposeAsync().ConfigureAwait(false);
    }
}
