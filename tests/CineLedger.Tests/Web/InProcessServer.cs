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

    internal async Task LoadAsync(MovieRow[] films)
    {
        await using var ledger = await Pool.OpenForLoadAsync(wait: false, default);
        await ServedFilms.LoadAsync(ledger, films);
    }

    protected virtual void Configure(WebApplicationBuilder builder)
    {
    }

    protected override async Task<HttpClient> StartAsync()
    {
        Pool = await LedgerPool.OpenAsync(Store, null, readOnly: false, NullLogger.Instance, default);
        _app = WebServer.Create(Options, Pool, builder =>
        {
            builder.WebHost.UseTestServer();
            Configure(builder);
        });
        await _app.StartAsync();
        return _app.GetTestClient();
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
