using System.Data.Common;
using DuckDB.NET.Data;

namespace CineLedger.Storage.DuckDb;

/// <summary>Fetches DuckDB's rows as they are read. For code that runs on every engine: it does nothing for connections of other engines.</summary>
internal static class DuckDbRows
{
    /// <summary>Opens the rows of a query. Returns null for a connection of another engine.</summary>
    public static DbDataReader? TryOpen(DbConnection connection, string sql, IReadOnlyList<object?> parameters, CancellationToken cancellationToken) =>
        connection is DuckDBConnection duckDb ? ChunkReader.Execute(duckDb, sql, parameters, cancellationToken) : null;

    /// <summary>Makes a DuckDB command fetch its rows as they are read, not all at once.</summary>
    public static void EnableStreaming(DbCommand command)
    {
        if (command is DuckDBCommand duckDb)
        {
            duckDb.UseStreamingMode = true;
        }
    }
}
