using System.Data.Common;
using System.Globalization;
using CineLedger.Model;

namespace CineLedger.Storage.Schema;

/// <summary>The numbered scripts that create the ledger's tables, and a ledger's schema version.</summary>
internal static class Migrations
{
    private const string VersionTable =
        """
        -- The numbered scripts that have been run. A program refuses a ledger with scripts that it does not have.
        CREATE TABLE ledger_schema (
            version     INTEGER NOT NULL, -- the script's number
            applied_at  TIMESTAMP NOT NULL -- when it was run
        );
        """;

    /// <summary>The place in a script of the engine's session setting with the number of the snapshot that views show.</summary>
    public const string PinnedSnapshot = "{pinned}";

    private const string ScriptPrefix = "migrations/";

    /// <summary>All numbered scripts of this folder, in order.</summary>
    private static readonly string[] Scripts =
    [
        .. typeof(Migrations).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(ScriptPrefix, StringComparison.Ordinal))
            .Select(name => name[ScriptPrefix.Length..]).Order(StringComparer.Ordinal),
    ];

    private const int FirstWithRatings = 2;

    private static readonly int FirstWithWebhooks = Array.IndexOf(Scripts, "003-webhooks.sql") + 1;

    private static readonly int FirstWithLoads = Array.IndexOf(Scripts, "004-loads.sql") + 1;

    private static readonly int FirstWithSources = Array.IndexOf(Scripts, "005-snapshot-sources.sql") + 1;

    private static readonly int FirstWithChangeFeeds = Array.IndexOf(Scripts, "007-published-changes.sql") + 1;

    private static readonly int FirstWithGates = Array.IndexOf(Scripts, "008-gates.sql") + 1;

    private static readonly int FirstWithSecretRotation = Array.IndexOf(Scripts, "009-secret-rotation.sql") + 1;

    private static readonly int FirstWithStudios = Array.IndexOf(Scripts, "010-studios.sql") + 1;

    private static readonly int FirstWithProfiles = Array.IndexOf(Scripts, "012-profiles.sql") + 1;

    /// <summary>The schema version that this program reads and writes.</summary>
    public static int Latest => Scripts.Length;

    /// <summary>
    /// Upgrades a ledger to <see cref="Latest"/>: a new one with all scripts in one transaction, an older one with each missing script in its own
    /// transaction. Throws if the ledger is newer.
    /// </summary>
    /// <param name="connection">Open for writing.</param>
    /// <param name="store">The ledger, for messages.</param>
    /// <param name="dialect">Adapts a script's text to the engine.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public static async Task ApplyAsync(
        DbConnection connection, string store, Func<string, string> dialect, CancellationToken cancellationToken)
    {
        // Checked first because a loading role may lack the permission to create tables.
        var isNew = await connection.ExecuteScalarAsync(
            "SELECT 1 FROM information_schema.tables WHERE table_name = 'ledger_schema' AND table_schema = CURRENT_SCHEMA()", cancellationToken).ConfigureAwait(false) is null;
        if (isNew)
        {
            // In one transaction, so that a ledger never has a version but no tables.
            var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                await connection.ExecuteAsync(VersionTable, cancellationToken).ConfigureAwait(false);
                for (var version = 0; version < Latest; version++)
                {
                    await ApplyAsync(connection, version, dialect, cancellationToken).ConfigureAwait(false);
                }

                await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            }

            return;
        }

        for (var version = await ReadVersionAsync(connection, store, cancellationToken).ConfigureAwait(false); version < Latest; version++)
        {
            var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                await ApplyAsync(connection, version, dialect, cancellationToken).ConfigureAwait(false);
                await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static async Task ApplyAsync(DbConnection connection, int version, Func<string, string> dialect, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(dialect(await ReadScriptAsync(Scripts[version], cancellationToken).ConfigureAwait(false)), cancellationToken)
            .ConfigureAwait(false);
        await connection.ExecuteAsync("INSERT INTO ledger_schema VALUES ($1, $2)", cancellationToken, version + 1, DateTime.UtcNow).ConfigureAwait(false);
    }

    /// <summary>Returns a ledger's schema version. Throws if this program is too old for it.</summary>
    public static async Task<int> ReadVersionAsync(DbConnection connection, string store, CancellationToken cancellationToken)
    {
        var version = Convert.ToInt32(
            await connection.ExecuteScalarAsync("SELECT COALESCE(MAX(version), 0) FROM ledger_schema", cancellationToken).ConfigureAwait(false),
            CultureInfo.InvariantCulture);
        return version <= Latest
            ? version
            : throw new LedgerException(string.Create(
                CultureInfo.InvariantCulture,
                $"the ledger {store} was written by a newer CineLedger (schema {version}, this one supports up to {Latest}): update this program."));
    }

    /// <summary>Whether a ledger is new enough to hold ratings, people and keywords.</summary>
    public static async Task<bool> HasRatingsAsync(DbConnection connection, CancellationToken cancellationToken) =>
        await ReadVersionAsync(connection, "", cancellationToken).ConfigureAwait(false) >= FirstWithRatings;

    /// <summary>Whether a ledger is new enough to hold webhooks.</summary>
    public static async Task<bool> HasWebhooksAsync(DbConnection connection, CancellationToken cancellationToken) =>
        await ReadVersionAsync(connection, "", cancellationToken).ConfigureAwait(false) >= FirstWithWebhooks;

    /// <summary>Whether a ledger is new enough to hold the previous secrets of webhooks.</summary>
    public static async Task<bool> HasSecretRotationAsync(DbConnection connection, CancellationToken cancellationToken) =>
        await ReadVersionAsync(connection, "", cancellationToken).ConfigureAwait(false) >= FirstWithSecretRotation;

    /// <summary>Whether a ledger is new enough to record its loads and to notify webhooks of them.</summary>
    public static async Task<bool> HasLoadsAsync(DbConnection connection, CancellationToken cancellationToken) =>
        await ReadVersionAsync(connection, "", cancellationToken).ConfigureAwait(false) >= FirstWithLoads;

    /// <summary>Whether a ledger is new enough to hold the checksums of the files that its loads read.</summary>
    public static async Task<bool> HasSourcesAsync(DbConnection connection, CancellationToken cancellationToken) =>
        await ReadVersionAsync(connection, "", cancellationToken).ConfigureAwait(false) >= FirstWithSources;

    /// <summary>Whether a ledger is new enough to record how far its changes have been published to topics.</summary>
    public static async Task<bool> HasChangeFeedsAsync(DbConnection connection, CancellationToken cancellationToken) =>
        await ReadVersionAsync(connection, "", cancellationToken).ConfigureAwait(false) >= FirstWithChangeFeeds;

    /// <summary>Whether a ledger is new enough to record what the quality gates compared and found.</summary>
    public static async Task<bool> HasGatesAsync(DbConnection connection, CancellationToken cancellationToken) =>
        await ReadVersionAsync(connection, "", cancellationToken).ConfigureAwait(false) >= FirstWithGates;

    /// <summary>Whether a ledger is new enough to hold studios.</summary>
    public static async Task<bool> HasStudiosAsync(DbConnection connection, CancellationToken cancellationToken) =>
        await ReadVersionAsync(connection, "", cancellationToken).ConfigureAwait(false) >= FirstWithStudios;

    /// <summary>Whether a ledger is new enough to hold the profiles of its snapshots.</summary>
    public static async Task<bool> HasProfilesAsync(DbConnection connection, CancellationToken cancellationToken) =>
        await ReadVersionAsync(connection, "", cancellationToken).ConfigureAwait(false) >= FirstWithProfiles;

    /// <summary>Throws if a ledger is too old to hold studios. For ledgers opened for reading, which are not upgraded.</summary>
    public static async Task RequireStudiosAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        if (!await HasStudiosAsync(connection, cancellationToken).ConfigureAwait(false))
        {
            throw new LedgerException("this ledger was written by an older CineLedger and contains no studios: run cineledger studios import, which upgrades it.");
        }
    }

    /// <summary>Throws if a ledger is too old to hold ratings. For ledgers opened for reading, which are not upgraded.</summary>
    public static async Task RequireRatingsAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        if (!await HasRatingsAsync(connection, cancellationToken).ConfigureAwait(false))
        {
            throw new LedgerException("this ledger was written by an older CineLedger and contains no ratings, people or keywords: load a dataset with this version first.");
        }
    }

    /// <summary>Returns all scripts that create tables, in order.</summary>
    public static async Task<IReadOnlyList<string>> ReadAllAsync(CancellationToken cancellationToken)
    {
        List<string> texts = [VersionTable];
        foreach (var script in Scripts)
        {
            texts.Add(await ReadScriptAsync(script, cancellationToken).ConfigureAwait(false));
        }

        return texts;
    }

    private static async Task<string> ReadScriptAsync(string name, CancellationToken cancellationToken)
    {
        var stream = typeof(Migrations).Assembly.GetManifestResourceStream(ScriptPrefix + name)
            ?? throw new InvalidOperationException($"the script {name} is not embedded");
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
    }
}
