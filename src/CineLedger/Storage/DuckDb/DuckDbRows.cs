using System.Data.Common;
using DuckDB.NET.Data;

namespace CineLedger.Storage.DuckDb;

/// <summary>Rows of DuckDB's that are fetched as they are read. For code that runs on every engine: it does nothing for another one's connections.</summary>
internal static class DuckDbRows
{
    /// <summary>Opens the rows of a query; null where the connection is another engine's.</summary>
    public static DbDataReader? TryOpen(DbConnection connection, string sql, IReadOnlyList<object?> parameters, CancellationToken cancellationToken) =>
        connection is DuckDBConnection duckDb ? ChunkReader.Execute(duckDb, sql, parameters, cancellationToken) : null;

    /// <summary>Has a command of DuckDB's fetch its rows as they are read, not all at once.</summary>
    public static void EnableStreaming(DbCommand command)
    {
        if (command is DuckDBCommand duckDb)
        {
            duckDb.UseStreamingMode = true;
        }
    }
}
