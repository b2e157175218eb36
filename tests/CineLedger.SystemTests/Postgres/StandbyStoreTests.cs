using System.Data.Common;
using CineLedger.Loading;
using CineLedger.Sources;
using CineLedger.Storage;
using CineLedger.Storage.Postgres;
using CineLedger.Tests.Storage;

namespace CineLedger.SystemTests.Postgres;

/// <summary>The store suite with loads on a primary and every read on its standby.</summary>
public sealed class StandbyStoreTests(StandbyPair servers) : LedgerStoreSuite, IClassFixture<StandbyPair>
{
    private PostgresLedger? _ledger;
    private DbConnection? _standby;

    protected override Ledger Ledger => _ledger!;

    protected override DbConnection Connection => _standby!;

    public override async ValueTask InitializeAsync()
    {
        var address = await servers.Primary.CreateLedgerAsync();
        _ledger = await PostgresLedger.OpenAsync(address, wait: false, Cancel);
        _standby = await servers.Standby.ConnectAsync(address.Split('/')[^1]);
    }

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_standby is not null)
        {
            await _standby.DisposeAsync();
        }

        if (_ledger is not null)
        {
            await _ledger.DisposeAsync();
        }
    }

    protected override Task<LoadSummary> LoadAsync(
        Dataset dataset, LoadOptions options, IProgress<LoadProgress>? progress, CancellationToken cancellationToken) =>
        Loader.LoadAsync(_ledger!, dataset, options, progress, cancellationToken);
}

/// <summary>A primary, and a standby that applies each commit before the primary confirms it.</summary>
public sealed class StandbyPair : IAsyncLifetime
{
    public PostgresServer Primary { get; private set; } = null!;

    public PostgresServer Standby { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Primary = await PostgresServer.StartNewAsync();
        Standby = await Primary.StartStandbyAsync();
        await Primary.WaitForSessionAsync("backend_type = 'walsender'");
        await Primary.ExecuteAsync("postgres", "ALTER SYSTEM SET synchronous_standby_names = '*'");
        await Primary.ExecuteAsync("postgres", "ALTER SYSTEM SET synchronous_commit = 'remote_apply'");
        await Primary.ExecuteAsync("postgres", "SELECT pg_reload_conf()");
    }

    public async ValueTask DisposeAsync()
    {
        await Standby.DisposeAsync();
        await Primary.DisposeAsync();
    }
}
