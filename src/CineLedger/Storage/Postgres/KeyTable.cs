using System.Data.Common;
using CineLedger.Model;
using CineLedger.Storage.Keys;
using Npgsql;

namespace CineLedger.Storage.Postgres;

/// <summary>
/// The keys of a ledger in PostgreSQL, in a table that <c>init --roles</c> or the first key creates. Standbys replicate it, so all nodes have it. Every
/// role that can read the ledger can read it, including the hashes, because servers need to.
/// </summary>
internal sealed class KeyTable(string store) : KeyStore
{
    /// <summary>The table's name. Users' SQL must not read it.</summary>
    public const string Name = "access_key";

    private const string Table =
        $"""
        CREATE TABLE {Name} (
            key_id          TEXT PRIMARY KEY,
            name            TEXT NOT NULL,
            administrator   BOOLEAN NOT NULL,
            hash            TEXT NOT NULL UNIQUE,
            created_at      TIMESTAMP NOT NULL,
            revoked_at      TIMESTAMP
        )
        """;

    /// <summary>Adds what tables of older versions lack.</summary>
    private const string Additions =
        $"""
        ALTER TABLE {Name} ADD COLUMN IF NOT EXISTS scopes TEXT, ADD COLUMN IF NOT EXISTS expires_at TIMESTAMP, ADD COLUMN IF NOT EXISTS last_used_at TIMESTAMP
        """;

    /// <summary>Upgrades the table of an older ledger with the ledger's own tables.</summary>
    public const string Upgrade =
        $"""

        DO $$ BEGIN IF TO_REGCLASS('{Name}') IS NOT NULL THEN
            {Additions};
        END IF; END $$;
        """;

    public override async Task<IReadOnlyList<AccessKey>> ListAsync(CancellationToken cancellationToken)
    {
        var ledger = await PostgresLedger.ConnectToPrimaryAsync(PostgresAddress.Parse(store), "cineledger keys", cancellationToken).ConfigureAwait(false);
        await using (ledger.ConfigureAwait(false))
        {
            return await ReadAsync(ledger.Connection, cancellationToken).ConfigureAwait(false);
        }
    }

    public override Task PrepareAsync(CancellationToken cancellationToken) => ChangeAsync(connection => CreateTableAsync(connection, cancellationToken), cancellationToken);

    public override Task AddAsync(AccessKey key, CancellationToken cancellationToken) => ChangeAsync(
        async connection =>
        {
            await CreateTableAsync(connection, cancellationToken).ConfigureAwait(false);
            return await connection.ExecuteAsync(
                $"INSERT INTO {Name} (key_id, name, administrator, hash, created_at, scopes, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)", cancellationToken,
                key.Id, key.Name, key.IsAdministrator, key.Hash, ToUnspecified(key.CreatedAt), KeyScopeNames.Format(key.Scopes),
                key.ExpiresAt is { } expiry ? ToUnspecified(expiry) : null).ConfigureAwait(false);
        },
        cancellationToken);

    public override async Task<bool> RevokeAsync(string id, DateTime now, CancellationToken cancellationToken) => await ChangeAsync(
        async connection => await ExistsAsync(connection, Name, cancellationToken).ConfigureAwait(false)
            ? await connection.ExecuteAsync(
                $"UPDATE {Name} SET revoked_at = $2 WHERE key_id = $1 AND revoked_at IS NULL", cancellationToken, id, ToUnspecified(now)).ConfigureAwait(false)
            : 0,
        cancellationToken).ConfigureAwait(false) > 0;

    public override async Task RecordUseAsync(string id, DateTime now, CancellationToken cancellationToken) => await ChangeAsync(
        async connection => await HasAdditionsAsync(connection, cancellationToken).ConfigureAwait(false)
            ? await connection.ExecuteAsync($"UPDATE {Name} SET last_used_at = $2 WHERE key_id = $1", cancellationToken, id, ToUnspecified(now)).ConfigureAwait(false)
            : 0,
        cancellationToken).ConfigureAwait(false);

    /// <summary>Returns the keys in a database; empty if none has been created.</summary>
    public static async Task<IReadOnlyList<AccessKey>> ReadAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            return await connection.QueryAsync(
                $"SELECT * FROM {Name} ORDER BY created_at, key_id", ReadKey, cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            return [];
        }
    }

    /// <summary>Reads a row by the names of its columns, because the table of an older version has fewer.</summary>
    private static AccessKey ReadKey(DbDataReader row)
    {
        var columns = Enumerable.Range(0, row.FieldCount).ToDictionary(row.GetName, at => row.IsDBNull(at) ? null : row.GetValue(at));
        return new AccessKey(
            (string)columns["key_id"]!, (string)columns["name"]!, (bool)columns["administrator"]!, (string)columns["hash"]!,
            ReadTime("created_at")!.Value, ReadTime("revoked_at"))
        {
            Scopes = KeyScopeNames.Parse(columns.GetValueOrDefault("scopes") as string ?? ""),
            ExpiresAt = ReadTime("expires_at"),
            LastUsedAt = ReadTime("last_used_at"),
        };

        DateTime? ReadTime(string name) => columns.GetValueOrDefault(name) is DateTime plain ? DateTime.SpecifyKind(plain, DateTimeKind.Utc) : null;
    }

    /// <summary>Creates or upgrades the table, if that is necessary.</summary>
    private static async Task<int> CreateTableAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        if (!await ExistsAsync(connection, Name, cancellationToken).ConfigureAwait(false))
        {
            await connection.ExecuteAsync(Table, cancellationToken).ConfigureAwait(false);
        }

        return await HasAdditionsAsync(connection, cancellationToken).ConfigureAwait(false)
            ? 0
            : await connection.ExecuteAsync(Additions, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<bool> HasAdditionsAsync(DbConnection connection, CancellationToken cancellationToken) =>
        await connection.ExecuteScalarAsync(
            "SELECT 1 FROM pg_attribute WHERE attrelid = TO_REGCLASS($1) AND attname = 'last_used_at' AND NOT attisdropped", cancellationToken, Name).ConfigureAwait(false) is not null;

    private async Task<int> ChangeAsync(Func<DbConnection, Task<int>> change, CancellationToken cancellationToken)
    {
        var ledger = await PostgresLedger.ConnectToPrimaryAsync(PostgresAddress.Parse(store), "cineledger keys", cancellationToken).ConfigureAwait(false);
        await using (ledger.ConfigureAwait(false))
        {
            try
            {
                return await ExistsAsync(ledger.Connection, "ledger_schema", cancellationToken).ConfigureAwait(false)
                    ? await change(ledger.Connection).ConfigureAwait(false)
                    : throw new LedgerException($"there is no ledger in {ledger.Name}: load a dataset first (cineledger load SOURCE --store ADDRESS).");
            }
            catch (PostgresException error)
            {
                throw new LedgerException(
                    $"{ledger.Name}: the keys cannot be changed: {error.MessageText}. Use the role that owns the ledger's tables, or cineledger_loader.", error);
            }
        }
    }

    /// <summary>Whether a table exists. Needed because CREATE TABLE IF NOT EXISTS requires the right to create tables even if the table exists.</summary>
    private static async Task<bool> ExistsAsync(DbConnection connection, string table, CancellationToken cancellationToken) =>
        await connection.ExecuteScalarAsync("SELECT TO_REGCLASS($1)::TEXT", cancellationToken, table).ConfigureAwait(false) is not null;

    private static DateTime ToUnspecified(DateTime utc) => DateTime.SpecifyKind(utc, DateTimeKind.Unspecified);
}
