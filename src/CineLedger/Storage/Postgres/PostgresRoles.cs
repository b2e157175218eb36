using System.Data.Common;
using System.Globalization;
using CineLedger.Storage.Schema;

namespace CineLedger.Storage.Postgres;

/// <summary>The roles that a ledger needs besides its owner. None can log in; they are granted to roles that can.</summary>
internal static class PostgresRoles
{
    public const string Loader = "cineledger_loader";
    public const string Reader = "cineledger_reader";

    /// <summary>The role of users' SQL. It can use one schema, which contains only views of the published data.</summary>
    public const string Sql = "cineledger_sql";

    /// <summary>The end of the name of the schema with these views; it begins with the name of the ledger's schema.</summary>
    public const string SqlSchemaSuffix = "_sql";

    /// <summary>Why SQL of other users is refused on a database without the role, or for a login that may not take it.</summary>
    public const string SqlRoleMissing =
        $"SQL is off: this server's login cannot use the role {Sql}. Run cineledger init --roles as the owner, and grant {Reader} to the login.";

    /// <summary>Creates missing roles and grants them rights to the ledger's current and future tables.</summary>
    public static async Task CreateAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        foreach (var role in (string[])[Sql, Reader, Loader])
        {
            if (await connection.ExecuteScalarAsync("SELECT 1 FROM pg_roles WHERE rolname = $1", cancellationToken, role).ConfigureAwait(false) is null)
            {
                await connection.ExecuteAsync($"CREATE ROLE {role} NOLOGIN", cancellationToken).ConfigureAwait(false);
            }
        }

        await connection.ExecuteAsync(
            $"""
            GRANT {Reader} TO {Loader};
            GRANT {Sql} TO {Reader};
            DO $$ BEGIN EXECUTE FORMAT('GRANT USAGE ON SCHEMA %I TO {Reader}', CURRENT_SCHEMA()); END $$;
            DO $$ BEGIN EXECUTE FORMAT('GRANT SELECT ON ALL TABLES IN SCHEMA %I TO {Reader}', CURRENT_SCHEMA()); END $$;
            REVOKE ALL ON webhook FROM {Reader};
            GRANT SELECT ON webhook TO {Loader};
            DO $$ BEGIN EXECUTE FORMAT('GRANT INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %I TO {Loader}', CURRENT_SCHEMA()); END $$;
            ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO {Reader};
            ALTER DEFAULT PRIVILEGES GRANT INSERT, UPDATE, DELETE ON TABLES TO {Loader};
            """,
            cancellationToken).ConfigureAwait(false);
        await CreateSqlSchemaAsync(connection, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Returns the schema, quoted, whose views <see cref="Sql"/> can read; null if there is none or the login cannot take this role.</summary>
    public static async Task<string?> FindSqlSchemaAsync(DbConnection connection, CancellationToken cancellationToken) =>
        await connection.ExecuteScalarAsync(
            $"""
            SELECT QUOTE_IDENT(n.nspname) FROM pg_roles r, pg_namespace n
            WHERE r.rolname = '{Sql}' AND PG_HAS_ROLE(r.oid, 'MEMBER') AND n.nspname = CURRENT_SCHEMA() || '{SqlSchemaSuffix}'
              AND HAS_SCHEMA_PRIVILEGE(r.oid, n.oid, 'USAGE')
            """,
            cancellationToken).ConfigureAwait(false) as string;

    /// <summary>Creates the views of users' SQL again if the schema was upgraded since. Does nothing in a ledger without them.</summary>
    public static async Task UpdateSqlSchemaAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var version = await connection.ExecuteScalarAsync(
            $"""
            SELECT COALESCE(OBJ_DESCRIPTION(oid), '') FROM pg_namespace
            WHERE nspname = CURRENT_SCHEMA() || '{SqlSchemaSuffix}' AND PG_HAS_ROLE(nspowner, 'USAGE')
            """,
            cancellationToken).ConfigureAwait(false);
        if (version is not null && version as string != VersionText)
        {
            await CreateSqlSchemaAsync(connection, cancellationToken).ConfigureAwait(false);
        }
    }

    private static string VersionText => string.Create(CultureInfo.InvariantCulture, $"ledger schema {Migrations.Latest}");

    private static async Task CreateSqlSchemaAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var owner = (string)(await connection.ExecuteScalarAsync("SELECT CURRENT_SCHEMA()::TEXT", cancellationToken).ConfigureAwait(false))!;
        var (from, schema) = (Quote(owner), Quote(owner + SqlSchemaSuffix));
        var tables = await SqlTables.ReadAsync(cancellationToken).ConfigureAwait(false);
        var newest = $"(SELECT MAX(snapshot_id) FROM {from}.snapshot WHERE state = 'published')";
        await connection.ExecuteAsync(
            $"""
            BEGIN;
            DROP SCHEMA IF EXISTS {schema} CASCADE;
            CREATE SCHEMA {schema};
            COMMENT ON SCHEMA {schema} IS '{VersionText}';
            GRANT USAGE ON SCHEMA {schema} TO {Sql};
            {string.Join('\n', tables.Select(table => $"CREATE VIEW {schema}.{table.Name} AS {SqlTables.BuildQuery(table, from, newest)};"))}
            GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {Sql};
            COMMIT
            """,
            cancellationToken).ConfigureAwait(false);
        if (await Citus.IsInstalledAsync(connection, cancellationToken).ConfigureAwait(false))
        {
            // The coordinator connects to the workers as this role and reads shards there, to which the views do not extend.
            await connection.ExecuteAsync(
                $"""
                ALTER ROLE {Sql} LOGIN;
                GRANT USAGE ON SCHEMA {from} TO {Sql};
                GRANT SELECT ON {string.Join(", ", tables.Select(table => $"{from}.{table.Name}"))} TO {Sql}
                """,
                cancellationToken).ConfigureAwait(false);
        }
    }

    private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
