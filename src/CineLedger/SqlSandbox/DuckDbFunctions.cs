using CineLedger.Model;
using CineLedger.Storage;
using DuckDB.NET.Data;

namespace CineLedger.SqlSandbox;

/// <summary>
/// Rejects functions and tables of DuckDB that do more than compute, or that describe the machine. The locked session, the limits of the process and
/// the absence of secret tables are the protection; this is a second layer.
/// </summary>
internal static class DuckDbFunctions
{
    /// <summary>
    /// The table functions and volatile functions that are allowed. All others are rejected, so also those of later versions of the engine.
    /// </summary>
    private static readonly HashSet<string> Allowed = new(StringComparer.Ordinal)
    {
        "range", "generate_series", "unnest", "repeat", "repeat_row", "json_each", "json_tree", "histogram", "histogram_values", "summary", "test_all_types",
        "icu_calendar_names", "pg_timezone_names", "pragma_table_info", "pragma_show",
        "random", "setseed", "uuid", "gen_random_uuid", "uuidv4", "uuidv7", "error", "stats", "current_query",
    };

    /// <summary>The engine's tables and functions about the ledger's own tables. The others show its files, settings and logs.</summary>
    private static readonly HashSet<string> AllowedCatalog = new(StringComparer.Ordinal)
    {
        "duckdb_tables", "duckdb_columns", "duckdb_views", "duckdb_types", "duckdb_constraints", "duckdb_functions", "duckdb_keywords",
        "pg_catalog", "pg_typeof", "pg_timezone_names", "pg_tables", "pg_views", "pg_class", "pg_attribute", "pg_namespace", "pg_type", "pg_constraint",
    };

    private static readonly string[] CatalogPrefixes = ["duckdb_", "pragma_", "pg_"];

    /// <summary>Functions that always return the same, but describe the machine.</summary>
    private static readonly string[] Refused = ["getenv", "current_setting"];

    private static HashSet<string>? _restricted;

    /// <summary>Throws <see cref="UsageException"/> if the statement names something that is not allowed.</summary>
    public static async Task CheckAsync(DuckDBConnection connection, SqlStatement statement, CancellationToken cancellationToken)
    {
        statement.CheckCharacters();
        _restricted ??= await ReadRestrictedAsync(connection, cancellationToken).ConfigureAwait(false);
        if ((statement.FindCalls().FirstOrDefault(IsRefusedCall) ?? statement.FindNames().FirstOrDefault(IsRefusedName)) is { } refused)
        {
            throw new UsageException($"sql only reads the ledger: {refused} is not allowed.");
        }
    }

    /// <summary>Returns whether a name in a statement may mean that it lists tables.</summary>
    public static bool IsCatalog(string name) =>
        name is "show" or "describe" or "information_schema" or "sqlite_master" || CatalogPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal));

    private static bool IsRefusedCall(string name) => (_restricted!.Contains(name) && !Allowed.Contains(name) && !AllowedCatalog.Contains(name)) || Refused.Contains(name);

    private static bool IsRefusedName(string name) =>
        name == "webhook" || (CatalogPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)) && !AllowedCatalog.Contains(name) && !Allowed.Contains(name));

    private static async Task<HashSet<string>> ReadRestrictedAsync(DuckDBConnection connection, CancellationToken cancellationToken) =>
    [
        .. await connection.QueryAsync(
            "SELECT DISTINCT LOWER(function_name) FROM duckdb_functions() WHERE function_type IN ('table', 'table_macro') OR stability = 'VOLATILE'",
            row => row.GetString(0),
            cancellationToken).ConfigureAwait(false),
    ];
}
