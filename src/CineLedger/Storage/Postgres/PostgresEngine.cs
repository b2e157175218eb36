using CineLedger.Model;
using CineLedger.Storage.Keys;
using Microsoft.Extensions.Logging;

namespace CineLedger.Storage.Postgres;

/// <summary>The engine for ledgers in a PostgreSQL database: <c>postgres://user@host/database</c>, or Npgsql's <c>Host=…</c>.</summary>
public sealed class PostgresEngine : StoreEngine
{
    public override bool Accepts(string store) => PostgresAddress.IsPostgresAddress(store);

    public override string? GetFile(string store) => null;

    public override string ResolveAddress(string store) => PostgresAddress.GetWithPassword(store);

    public override async Task<Ledger> OpenAsync(string store, bool wait, CancellationToken cancellationToken, int? shards = null) =>
        await PostgresLedger.OpenAsync(store, wait, cancellationToken, shards).ConfigureAwait(false);

    public override async Task<Ledger> OpenExistingAsync(string store, bool wait, CancellationToken cancellationToken)
    {
        await (await OpenReadOnlyAsync(store, null, cancellationToken).ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
        return await OpenAsync(store, wait, cancellationToken).ConfigureAwait(false);
    }

    public override async Task<Ledger> OpenReadOnlyAsync(string store, int? seen, CancellationToken cancellationToken) =>
        await PostgresLedger.OpenReadOnlyAsync(store, seen, cancellationToken).ConfigureAwait(false);

    public override KeyStore CreateKeyStore(string store) => new KeyTable(store);

    internal override LedgerPool CreatePool(string store, string readStore, bool readOnly, ILogger logger) => new PostgresPool(store, readStore, readOnly, logger);

    protected override string GetDisplayName(string store) => PostgresAddress.GetDisplayName(PostgresAddress.Parse(store));

    protected override LedgerException? ExplainFailure(Exception failure) => PostgresErrors.Explain(failure);
}
