using System.Data.Common;
using CineLedger.Storage;

namespace CineLedger.HealthChecks;

/// <summary>Reads every row of every table once, so that the engine verifies what is stored. Ordinary queries read only the columns that they need.</summary>
internal static class ContentChecks
{
    private const string Name = "contents";
    private const string Tables =
        """
        SELECT table_name FROM information_schema.tables
        WHERE table_catalog = CURRENT_DATABASE() AND table_schema = CURRENT_SCHEMA() AND table_type = 'BASE TABLE'
        ORDER BY table_name
        """;

    /// <param name="name">The ledger's file or server.</param>
    /// <param name="connect">Connects to the ledger, and again after a damaged table: DuckDB may refuse further queries then.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public static async Task<IReadOnlyList<CheckResult>> RunAsync(string name, Func<Task<DbConnection>> connect, CancellationToken cancellationToken)
    {
        var connection = await connect().ConfigureAwait(false);
        List<CheckResult> damaged = [];
        var rows = 0L;
        try
        {
            var tables = await connection.QueryAsync(Tables, row => row.GetString(0), cancellationToken).ConfigureAwait(false);
            foreach (var table in tables)
            {
                try
                {
                    rows += await ReadAsync(connection, table, cancellationToken).ConfigureAwait(false);
                }
                catch (DbException error)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    damaged.Add(CheckResult.Unhealthy(Name, $"table {table} of {name} cannot be read: {CheckFormatting.ToOneLine(error.Message)}", GetAdvice(error)));
                    await connection.DisposeAsync().ConfigureAwait(false);
                    connection = await connect().ConfigureAwait(false);
                }
            }

            return damaged.Count > 0 ? damaged : [CheckResult.Healthy(Name, FormattableString.Invariant($"all {rows:N0} rows of the {tables.Count} tables of {name} can be read"))];
        }
        finally
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Reads a table and returns the number of its rows. Converting a row to text needs every column.</summary>
    private static async Task<long> ReadAsync(DbConnection connection, string table, CancellationToken cancellationToken) => (await connection.QueryAsync(
        $"SELECT COUNT(*), SUM(LENGTH(CAST(t AS TEXT))) FROM {table} t", row => row.GetInt64(0), cancellationToken).ConfigureAwait(false))[0];

    /// <summary>DuckDB's errors have no code. PostgreSQL's codes for damaged data begin with XX, those of a failing disk with 58, those of lost connections with 08.</summary>
    private static string GetAdvice(DbException error) => error.SqlState switch
    {
        null or ['X', 'X', ..] or ['5', '8', ..] => "restore the ledger from a backup (docs/operations.md)",
        ['0', '8', ..] => "start all workers and run this check again",
        _ => "run this check as the tables' owner",
    };
}
