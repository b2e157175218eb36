using CineLedger.Storage;
using CineLedger.Storage.Keys;
using CineLedger.Tests.Support;
using CineLedger.Web;
using CineLedger.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace CineLedger.Tests.Web;

/// <summary>A server in this process, without a socket.</summary>
public class InProcessServer : ServedLedger
{
    private WebApplication? _app;

    public LedgerPool Pool { get; private set; } = null!;

    /// <summary>All endpoints of the server.</summary>
    public IReadOnlyList<RouteEndpoint> Endpoints => [.. _app!.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()];

    /// <summary>Returns a service of the running server.</summary>
    internal T Service<T>()
        where T : notnull => _app!.Services.GetRequiredService<T>();

    protected virtual WebOptions Options => new() { Store = Store };

    /// <summary>Creates another client, which sends no key.</summary>
    protected HttpClient CreateClient() => _app!.GetTestClient();

    /// <summary>Creates a key as <c>cineledger keys create</c> does.</summary>
    public Task<(string Id, string Text)> CreateKeyAsync(bool isAdministrator = false) => CreateKeyAsync(isAdministrator ? KeyScopes.All : KeyScopes.Ordinary);

    public async Task<(string Id, string Text)> CreateKeyAsync(KeyScopes scopes, DateTime? expiresAt = null)
    {
        var (key, text) = AccessKey.Create("analyst", scopes, DateTime.UtcNow, expiresAt);
        await StoreEngine.Get(Store).CreateKeyStore(Store).AddAsync(key, default);
        return (key.Id, text);
    }

    public Task<bool> RevokeAsync(string id) => StoreEngine.Get(Store).CreateKeyStore(Store).RevokeAsync(id, DateTime.UtcNow, default);

    protected virtual bool IsReadOnly => false;

    /// <summary>Whether <see cref="ServedLedger.Client"/> sends an administrator's key.</summary>
    protected virtual bool IsAdministratorClient => false;

    /// <summary>Stops the server as a signal does. The ledger stays open.</summary>
    public Task EndAsync() => _app!.StopAsync();

    /// <summary>Restarts the server with the same ledger.</summary>
    public async Task RestartAsync()
    {
        await _app!.DisposeAsync();
        await ServeAsync();
        Client = await ClientAsync();
    }

    internal async Task LoadAsync(MovieRow[] movies)
    {
        await using var ledger = await Pool.OpenForLoadAsync(wait: false, default);
        await ServedMovies.LoadAsync(ledger, movies);
    }

    protected virtual void Configure(WebApplicationBuilder builder)
    {
    }

    protected override async Task<HttpClient> StartAsync()
    {
        Pool = await LedgerPool.OpenAsync(Store, null, IsReadOnly, NullLogger.Instance, default);
        await ServeAsync();
        return await ClientAsync();
    }

    private async Task<HttpClient> ClientAsync()
    {
        var client = _app!.GetTestClient();
        if (IsAdministratorClient)
        {
            client.DefaultRequestHeaders.Authorization = new("Bearer", (await CreateKeyAsync(isAdministrator: true)).Text);
        }

        return client;
    }

    private async Task ServeAsync()
    {
        _app = WebServer.Create(Options, Pool, builder =>
        {
            builder.WebHost.UseTestServer();
            builder.Services.AddSingleton<IStartupFilter, Connections>();
            Configure(builder);
        });
        await _app.StartAsync();
    }

    protected override async Task StopAsync()
    {
        // Disposal alone would not wait for background work, such as a load, which writes files beside the ledger.
        await _app!.StopAsync();
        await _app.DisposeAsync();
        await Pool.DisposeAsync();
    }

    /// <summary>Sets the remote address, which connections without sockets lack: the loopback address, or the one in <c>Test-From</c>.</summary>
    private sealed class Connections : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((http, rest) =>
            {
                http.Connection.RemoteIpAddress = System.Net.IPAddress.Parse(http.Request.Headers.TryGetValue("Test-From", out var from) ? from.ToString() : "127.0.0.1");
                return rest(http);
            });
            next(app);
        };
    }
}

/// <summary>A server with a request timeout too short for any query.</summary>
public sealed class ImpatientServer : InProcessServer
{
    protected override WebOptions Options => base.Options with { RequestTimeout = TimeSpan.FromTicks(1) };
}

/// <summary>A server with every feature enabled that is off by default.</summary>
public sealed class OpenServer : InProcessServer
{
    /// <summary>An administrator's key that exists from the start.</summary>
    public string Key { get; private set; } = "";

    protected override async Task CreateLedgerAsync()
    {
        await base.CreateLedgerAsync();
        (_, Key) = await CreateKeyAsync(isAdministrator: true);
    }

    protected override WebOptions Options => base.Options with { AllowsSql = true, IsPublic = true, CorsOrigins = ["https://movies.example"], RatePerMinute = 0 };
}

/// <summary>A server with default options, whose client is an administrator.</summary>
public sealed class AdministeredServer : InProcessServer
{
    protected override bool IsAdministratorClient => true;
}

/// <summary>A server with a low rate limit.</summary>
public sealed class StrictServer : InProcessServer
{
    protected override WebOptions Options => base.Options with { RatePerMinute = 5 };
}
