using CineLedger.Storage;
using CineLedger.Tests.Support;
using CineLedger.Web;
using CineLedger.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Logging.Abstractions;

namespace CineLedger.Tests.Web;

/// <summary>The server in this process, without a socket.</summary>
public class InProcessServer : ServedLedger
{
    private WebApplication? _app;

    public LedgerPool Pool { get; private set; } = null!;

    protected virtual WebOptions Options => new() { Store = Store };

    protected virtual bool IsReadOnly => false;

    /// <summary>Ends it as a signal does; the ledger stays open.</summary>
    public Task EndAsync() => _app!.StopAsync();

    /// <summary>Begins again, over the same ledger.</summary>
    public async Task StartAgainAsync()
    {
        await _app!.DisposeAsync();
        await ServeAsync();
        Client = _app.GetTestClient();
    }

    internal async Task LoadAsync(MovieRow[] films)
    {
        await using var ledger = await Pool.OpenForLoadAsync(wait: false, default);
        await ServedFilms.LoadAsync(ledger, films);
    }

    protected override async Task<HttpClient> StartAsync()
    {
        Pool = await LedgerPool.OpenAsync(Store, null, IsReadOnly, NullLogger.Instance, default);
        await ServeAsync();
        return _app!.GetTestClient();
    }

    private async Task ServeAsync()
    {
        _app = WebServer.Create(Options, Pool, builder => builder.WebHost.UseTestServer());
        await _app.StartAsync();
    }

    protected override async Task StopAsync()
    {
        await _app!.DisposeAsync();
        await Pool.DisposeAsync();
    }
}

/// <summary>A server that gives no request the time for a query.</summary>
public sealed class ImpatientServer : InProcessServer
{
    protected override WebOptions Options => base.Options with { RequestTime = TimeSpan.FromTicks(1) };
}
