using System.Data.Common;

namespace CineLedger.Storage.Postgres;

/// <summary>The two roles that a ledger needs besides its owner. Neither can log in; they are granted to roles that can.</summary>
internal static class PostgresRoles
{
    public const string Loader = "cineledger_loader";
    public const string Reader = "cineledger_reader";

    /// <summary>Creates missing roles and grants them rights to the ledger's current and future tables.</summary>
    public static async Task CreateAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        foreach (var role in (string[])[Reader, Loader])
        {
            if (await connection.ExecuteScalarAsync("SELECT 1 FROM pg_roles WHERE rolname = $1", cancellationToken, role).ConfigureAwait(false) is null)
            {
                await connection.ExecuteAsync($"CREATE ROLE {role} NOLOGIN", cancellationToken).ConfigureAwait(false);
            }
        }

        await connection.ExecuteAsync(
            $"""
            GRANT {Reader} TO {Loader};
            DO $$ BEGIN EXECUTE FORMAT('GRANT USAGE ON SCHEMA %I TO {Reader}', CURRENT_SCHEMA()); END $$;
            DO $$ BEGIN EXECUTE FORMAT('GRANT SELECT ON ALL TABLES IN SCHEMA %I TO {Reader}', CURRENT_SCHEMA()); END $$;
            REVOKE ALL ON webhook FROM {Reader};
            GRANT SELECT ON webhook TO {Loader};
            DO $$ BEGIN EXECUTE FORMAT('GRANT INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %I TO {Loader}', CURRENT_SCHEMA()); END $$;
            ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO {Reader};
            ALTER DEFAULT PRIVILEGES GRANT INSERT, UPDATE, DELETE ON TABLES TO {Loader};
            """,
            cancellationToken).ConfigureAwait(false);
    }
}
