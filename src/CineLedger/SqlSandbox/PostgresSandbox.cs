using System.Data;
using System.Data.Common;
using System.Globalization;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Storage;
using CineLedger.Storage.Postgres;
using Npgsql;

namespace CineLedger.SqlSandbox;

/// <summary>
/// Runs a user's statement on a PostgreSQL database: in a read-only transaction, as the query of a cursor, for which the server accepts only a
/// SELECT, under a read-only role if there is one, and after checking the functions that its plan calls.
/// </summary>
internal static class PostgresSandbox
{
    private const string Cursor = "DECLARE ledger_rows NO SCROLL CURSOR WITHOUT HOLD FOR\n";
    /// <summary>The server stores the rows of one FETCH before sending them: fetching all rows at once would fill its disk.</summary>
    private const int RowsPerFetch = 10_000;

    private const string Plan = "EXPLAIN (VERBOSE, COSTS OFF, FORMAT JSON)\n";

    public static async Task<SqlRows> OpenAsync(PostgresLedger ledger, SqlStatement statement, int snapshotId, SqlLimits limits, StatementTimeout clock)
    {
        var connection = (NpgsqlConnection)await ledger.OpenReaderAsync(clock.Token).ConfigureAwait(false);
        var query = new PostgresQuery(statement);
        try
        {
            await BeginAsync(connection, snapshotId, limits, clock.Token).ConfigureAwait(false);
            await PostgresFunctions.CheckTextAsync(connection, statement, clock.Token).ConfigureAwait(false);
            await query.AddViewsAsync(ledger, connection, snapshotId, clock.Token).ConfigureAwait(false);
            query.Prefix = Plan;
            await PostgresFunctions.CheckPlanAsync(connection, await ReadPlanAsync(connection, query.Text, clock.Token).ConfigureAwait(false), clock.Token).ConfigureAwait(false);
            var (reader, fetch) = await ReadAsync(connection, query, clock.Token).ConfigureAwait(false);
            var columns = AdHocSql.MakeDistinct(Enumerable.Range(0, reader.FieldCount).Select(i =>
                new Column(reader.GetName(i), GetKind(reader.GetPostgresType(i).Name, reader.GetName(i)))));
            return new SqlRows(reader, columns, limits, clock, error => PostgresSqlErrors.Explain(error, query), ended => CloseAsync(connection, reader, fetch, ended))
            {
                IsAllText = true,
                NextBatch = fetch is null ? null : async () =>
                {
                    await reader.DisposeAsync().ConfigureAwait(false);
                    reader = await fetch.ExecuteReaderAsync(CommandBehavior.SingleResult, clock.Token).ConfigureAwait(false);
                    return reader.HasRows ? reader : null;
                },
            };
        }
        catch (Exception error)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw error is DbException or OperationCanceledException or NotSupportedException
                ? SqlRows.Explain(error, clock, cause => PostgresSqlErrors.Explain(cause, query))
                : error;
        }
    }

    private static async Task BeginAsync(NpgsqlConnection connection, int snapshotId, SqlLimits limits, CancellationToken cancellationToken)
    {
        var milliseconds = ((long)limits.Timeout.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        await connection.ExecuteAsync(
            $"""
            START TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY;
            SET LOCAL statement_timeout = {milliseconds};
            SET LOCAL idle_in_transaction_session_timeout = {milliseconds};
            SET LOCAL cursor_tuple_fraction = 1;
            SET LOCAL standard_conforming_strings = on;
            SET LOCAL DateStyle = 'ISO, YMD';
            SET LOCAL IntervalStyle = 'postgres';
            SET LOCAL bytea_output = 'hex';
            SET LOCAL extra_float_digits = 1;
            SET LOCAL {PostgresSchema.SnapshotSetting} = {snapshotId.ToString(CultureInfo.InvariantCulture)};
            {BuildServerLimits(connection.PostgreSqlVersion.Major, limits)}
            SELECT SET_CONFIG('search_path', ARRAY_TO_STRING(ARRAY(SELECT QUOTE_IDENT(s) FROM UNNEST(CURRENT_SCHEMAS(false)) s), ','), true)
            """,
            cancellationToken).ConfigureAwait(false);

        if (await PostgresRoles.FindSqlSchemaAsync(connection, cancellationToken).ConfigureAwait(false) is { } schema)
        {
            await connection.ExecuteAsync($"SET LOCAL search_path = {schema}; SET LOCAL ROLE {PostgresRoles.Sql}", cancellationToken).ConfigureAwait(false);
            return;
        }

        if (limits.RequiresRole)
        {
            throw new SqlNotPermittedException(PostgresRoles.SqlRoleMissing);
        }

        await SetReadingRoleAsync(connection, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Builds the limits that the server enforces, as far as its version and the login permit them.</summary>
    private static string BuildServerLimits(int version, SqlLimits limits)
    {
        var files = string.Create(CultureInfo.InvariantCulture, $"SET_CONFIG('temp_file_limit', '{limits.TemporaryFiles >> 10}kB', true)");
        var mayLimitFiles = version >= 15 ? "HAS_PARAMETER_PRIVILEGE('temp_file_limit', 'SET')" : "CURRENT_SETTING('is_superuser') = 'on'";

        // Without the check, the server would continue a statement whose process was killed.
        return $"{(version >= 14 ? "SET LOCAL client_connection_check_interval = 1000;\n" : "")}SELECT CASE WHEN {mayLimitFiles} THEN {files} END;";
    }

    /// <summary>Takes a role that can only read, if there is one: a superuser could write otherwise.</summary>
    private static async Task SetReadingRoleAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        // Citus would connect to its workers as this role, which may not log in there.
        if (await Citus.IsInstalledAsync(connection, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        var role = await connection.ExecuteScalarAsync(
            $"""
            SELECT r.rolname::TEXT FROM pg_roles r, pg_roles u
            WHERE u.rolname = CURRENT_USER AND (
                (r.rolname = '{PostgresRoles.Reader}' AND PG_HAS_ROLE(r.rolname, 'MEMBER')
                 AND HAS_TABLE_PRIVILEGE(r.oid, 'movie', 'SELECT') AND HAS_TABLE_PRIVILEGE(r.oid, 'finding', 'SELECT'))
                OR (r.rolname = 'pg_read_all_data' AND u.rolsuper))
            ORDER BY r.rolname LIMIT 1
            """,
            cancellationToken).ConfigureAwait(false);
        if (role is not null)
        {
            await connection.ExecuteAsync($"SET LOCAL ROLE {role}", cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<string> ReadPlanAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        var reader = await ExecuteBatchAsync(connection, sql, cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            return reader.GetString(0);
        }
    }

    private static async Task<(NpgsqlDataReader Reader, NpgsqlCommand? Fetch)> ReadAsync(
        NpgsqlConnection connection, PostgresQuery query, CancellationToken cancellationToken)
    {
        if (query.IsExplain)
        {
            query.Prefix = "EXPLAIN\n";
            return (await ExecuteBatchAsync(connection, query.Text, cancellationToken).ConfigureAwait(false), null);
        }

        query.Prefix = Cursor;
        await (await ExecuteBatchAsync(connection, query.Text, cancellationToken).ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
        var fetch = new NpgsqlCommand(FormattableString.Invariant($"FETCH {RowsPerFetch} FROM ledger_rows"), connection) { AllResultTypesAreUnknown = true };
        return (await fetch.ExecuteReaderAsync(CommandBehavior.SingleResult, cancellationToken).ConfigureAwait(false), fetch);
    }

    /// <summary>Runs the SQL as a batch command, which Npgsql sends unchanged so that the server accepts only one statement; Npgsql would split a plain command.</summary>
    private static async Task<NpgsqlDataReader> ExecuteBatchAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        var batch = new NpgsqlBatch(connection) { BatchCommands = { new NpgsqlBatchCommand(sql) } };
        await using (batch.ConfigureAwait(false))
        {
            return await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Cancels the query first: disposing the reader would otherwise read the rest of the result.</summary>
    private static async ValueTask CloseAsync(NpgsqlConnection connection, NpgsqlDataReader reader, NpgsqlCommand? fetch, bool ended)
    {
        try
        {
            if (!ended)
            {
                fetch?.Cancel();
            }

            await reader.DisposeAsync().ConfigureAwait(false);
        }
        catch (NpgsqlException)
        {
            // The query was canceled or the connection is lost.
        }

        if (fetch is not null)
        {
            await fetch.DisposeAsync().ConfigureAwait(false);
        }

        await connection.DisposeAsync().ConfigureAwait(false);
    }

    private static ColumnKind GetKind(string type, string name) => type switch
    {
        "smallint" or "integer" or "bigint" => AdHocSql.GetIntegerKind(name),
        "real" or "double precision" => ColumnKind.Number,
        "numeric" => ColumnKind.Exact,
        "boolean" => ColumnKind.Boolean,
        "date" => ColumnKind.Date,
        _ when type.StartsWith("timestamp", StringComparison.Ordinal) => ColumnKind.Time,
        _ => ColumnKind.Text,
    };
}
