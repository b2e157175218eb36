using CineLedger.Model;
using CineLedger.Storage.Keys;
using Microsoft.Extensions.Logging;

namespace CineLedger.Storage.DuckDb;

/// <summary>The engine for ledgers in a DuckDB file. Accepts any path.</summary>
public sealed class DuckDbEngine : StoreEngine
{
    public override bool Accepts(string store) => true;

    public override string? GetFile(string store) => store;

    public override string ResolveAddress(string store) => Path.GetFullPath(store);

    public override async Task<Ledger> OpenAsync(string store, bool wait, CancellationToken cancellationToken, int? shards = null) =>
        await DuckDbLedger.OpenAsync(store, cancellationToken).ConfigureAwait(false);

    public override async Task<Ledger> OpenExistingAsync(string store, bool wait, CancellationToken cancellationToken) =>
        await DuckDbLedger.OpenExistingAsync(store, cancellationToken).ConfigureAwait(false);

    public override async Task<Ledger> OpenReadOnlyAsync(string store, int? seen, CancellationToken cancellationToken)
    {
        try
        {
            return await DuckDbLedger.OpenReadOnlyAsync(store, cancellationToken).ConfigureAwait(false);
        }
        catch (LedgerBusyException busy)
        {
            return await BusyFileCopy.OpenAsync(store, busy, cancellationToken).ConfigureAwait(false);
        }
    }

    public override KeyStore CreateKeyStore(string store) => new KeyFile(store);

    internal override LedgerPool CreatePool(string store, string readStore, bool readOnly, ILogger logger) => new DuckDbPool(readStore, readOnly);

    protected override string GetDisplayName(string store) => store;

    protected override LedgerException? ExplainFailure(Exception failure) => DuckDbErrors.Explain(failure);
}
