using System.Collections.Concurrent;
using CineLedger.Model;
using CineLedger.Storage.Keys;
using DuckDB.NET.Data;

namespace CineLedger.Storage.DuckDb;

/// <summary>
/// A DuckDB file that this process alone holds, so that it can be read and loaded at once; or that it reads beside others. All its
/// connections are to one database in memory and see each other's commits.
/// </summary>
internal sealed class DuckDbPool : LedgerPool
{
    /// <summary>Each query has all processors: more than a few at once only take turns, and memory.</summary>
    private static readonly int Readers = Math.Max(4, 2 * Environment.ProcessorCount);

    private readonly DuckDbLedger _ledger;
    private readonly bool _readOnly;
    private readonly ConcurrentBag<DuckDBConnection> _idle = [];
    private readonly SemaphoreSlim _free = new(Readers);
    private readonly SemaphoreSlim _loading = new(1);
    private readonly SqlCopy _sqlCopy;

    private DuckDbPool(DuckDbLedger ledger, bool readOnly) => (_ledger, _readOnly, _sqlCopy) = (ledger, readOnly, new SqlCopy(this, ledger.Path));

    public override string Name => _ledger.Name;

    public override bool IsReadOnly => _readOnly;

    public static async Task<DuckDbPool> OpenAsync(string path, bool readOnly, CancellationToken cancellationToken) => new(
        readOnly
            ? await DuckDbLedger.OpenReadOnlyAsync(path, cancellationToken).ConfigureAwait(false)
            : await DuckDbLedger.OpenExistingAsync(path, cancellationToken).ConfigureAwait(false),
        readOnly);

    private protected override async Task<LedgerReader> ConnectAsync(int? seen, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!_idle.TryTake(out var connection))
            {
                connection = await _ledger.ConnectAgainAsync(cancellationToken).ConfigureAwait(false);
            }

            return new LedgerReader(connection, () => GiveBack(connection));
        }
        catch
        {
            _free.Release();
            throw;
        }
    }

    /// <summary>Writers are connections like others: DuckDB lets them change different tables at once.</summary>
    public override Task<LedgerReader> RentWriterAsync(CancellationToken cancellationToken) =>
        _readOnly ? throw ReadOnly() : RentAsync(null, cancellationToken);

    public override async Task<Ledger> OpenForLoadAsync(bool wait, CancellationToken cancellationToken)
    {
        if (_readOnly)
        {
            throw ReadOnly();
        }

        if (!await _loading.WaitAsync(wait ? Timeout.Infinite : 0, cancellationToken).ConfigureAwait(false))
        {
            throw new LedgerBusyException($"the ledger {Name} is being loaded; try again later.");
        }

        try
        {
            return await _ledger.ShareWithLoadAsync(Readers, EndLoadAsync, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            _loading.Release();
            throw;
        }
    }

    public override Task<IReadOnlyList<AccessKey>> ReadKeysAsync(CancellationToken cancellationToken) => new KeyFile(_ledger.Path).ListAsync(cancellationToken);

    public override async Task<Ledger> OpenForSqlAsync(Snapshot snapshot, CancellationToken cancellationToken) =>
        await _sqlCopy.OpenAsync(snapshot, cancellationToken).ConfigureAwait(false);

    public override async ValueTask DisposeAsync()
    {
        await _sqlCopy.DisposeAsync().ConfigureAwait(false);
        foreach (var connection in _idle)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }

        await _ledger.DisposeAsync().ConfigureAwait(false);
        _free.Dispose();
        _loading.Dispose();
    }

    private protected override async Task StartAsync(CancellationToken cancellationToken)
    {
        await _ledger.AllowReadersAsync(Readers, cancellationToken).ConfigureAwait(false);
        await RefreshAsync(null, cancellationToken).ConfigureAwait(false);
    }

    private ValueTask GiveBack(DuckDBConnection connection)
    {
        _idle.Add(connection);
        _free.Release();
        return ValueTask.CompletedTask;
    }

    /// <summary>Whatever became of the load: readers get their threads back, and see what it published.</summary>
    private async ValueTask EndLoadAsync()
    {
        try
        {
            await _ledger.AllowReadersAsync(Readers, CancellationToken.None).ConfigureAwait(false);
            await RefreshAsync(null, CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            _loading.Release();
        }
    }
}
