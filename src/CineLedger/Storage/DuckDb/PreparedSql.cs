using System.Runtime.InteropServices;
using DuckDB.NET.Data;
using DuckDB.NET.Native;

namespace CineLedger.Storage.DuckDb;

/// <summary>
/// A statement that DuckDB has parsed and bound but not run: its kind and its columns.
/// </summary>
internal sealed partial class PreparedSql
{
    /// <summary>DuckDB's numbers of statement kinds (duckdb_statement_type).</summary>
    private const int Select = 1;
    private const int Explain = 4;

    private PreparedSql(int kind, IReadOnlyList<(string Name, DuckDBType Type)> columns) => (Kind, Columns) = (kind, columns);

    private int Kind { get; }

    /// <summary>Whether the statement returns rows and changes nothing.</summary>
    public bool IsReadOnly => Kind is Select or Explain;

    public IReadOnlyList<(string Name, DuckDBType Type)> Columns { get; }

    /// <summary>Prepares a text. Throws <see cref="DuckDbQueryException"/> if it cannot be parsed or bound.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="sql">The text.</param>
    /// <param name="statements">The number of statements in the text.</param>
    /// <returns>The statement, or null if there is not exactly one.</returns>
    public static PreparedSql? Prepare(DuckDBConnection connection, string sql, out int statements)
    {
        statements = NativeMethods.ExtractStatements.DuckDBExtractStatements(connection.NativeConnection, sql, out var extracted);
        using (extracted)
        {
            if (statements == 0 && NativeMethods.ExtractStatements.DuckDBExtractStatementsError(extracted) is { Length: > 0 } wrong)
            {
                throw new DuckDbQueryException(wrong);
            }

            if (statements != 1)
            {
                return null;
            }

            var state = NativeMethods.ExtractStatements.DuckDBPrepareExtractedStatement(connection.NativeConnection, extracted, 0, out var prepared);
            using (prepared)
            {
                return state == DuckDBState.Success ? Describe(prepared) : throw new DuckDbQueryException(NativeMethods.PreparedStatements.DuckDBPrepareError(prepared));
            }
        }
    }

    private static PreparedSql Describe(DuckDBPreparedStatement prepared)
    {
        var columns = new (string, DuckDBType)[(int)ColumnCount(prepared)];
        for (var i = 0; i < columns.Length; i++)
        {
            var name = ColumnName(prepared, (ulong)i);
            columns[i] = (Marshal.PtrToStringUTF8(name) ?? "", (DuckDBType)ColumnType(prepared, (ulong)i));
            Free(name);
        }

        return new(StatementType(prepared), columns);
    }

    // Functions for which DuckDB.NET has no bindings.
    [LibraryImport("duckdb", EntryPoint = "duckdb_prepared_statement_type")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static partial int StatementType(DuckDBPreparedStatement statement);

    [LibraryImport("duckdb", EntryPoint = "duckdb_prepared_statement_column_count")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static partial ulong ColumnCount(DuckDBPreparedStatement statement);

    [LibraryImport("duckdb", EntryPoint = "duckdb_prepared_statement_column_name")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static partial nint ColumnName(DuckDBPreparedStatement statement, ulong column);

    [LibraryImport("duckdb", EntryPoint = "duckdb_prepared_statement_column_type")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static partial int ColumnType(DuckDBPreparedStatement statement, ulong column);

    [LibraryImport("duckdb", EntryPoint = "duckdb_free")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static partial void Free(nint memory);
}
