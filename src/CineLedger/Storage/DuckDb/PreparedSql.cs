using System.Runtime.InteropServices;
using DuckDB.NET.Data;
using DuckDB.NET.Native;

namespace CineLedger.Storage.DuckDb;

/// <summary>
/// A statement that DuckDB has parsed and bound but not run: how many there are in the text, of which kind the first is, what its
/// columns are.
/// </summary>
internal sealed partial class PreparedSql
{
    /// <summary>DuckDB's own numbers of kinds (duckdb_statement_type).</summary>
    private const int Select = 1;
    private const int Explain = 4;

    private PreparedSql(int kind, IReadOnlyList<(string Name, DuckDBType Type)> columns) => (Kind, Columns) = (kind, columns);

    private int Kind { get; }

    /// <summary>True of what gives rows and changes nothing.</summary>
    public bool IsReadOnly => Kind is Select or Explain;

    public IReadOnlyList<(string Name, DuckDBType Type)> Columns { get; }

    /// <summary>Throws <see cref="DuckDbQueryException"/> where the text cannot be parsed or bound.</summary>
    /// <param name="connection">Open.</param>
    /// <param name="sql">The text.</param>
    /// <param name="statements">How many statements it holds.</param>
    /// <returns>The first; null where there is more than one, or none.</returns>
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

    // What DuckDB.NET has no binding of.
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
