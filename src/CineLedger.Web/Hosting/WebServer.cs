using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Web.Assistants;
using CineLedger.Web.Dashboard;
using CineLedger.Web.Http;
using CineLedger.Web.Observability;
using CineLedger.Web.OpenApi;
using CineLedger.Web.Security;
using CineLedger.Web.Sql;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CineLedger.Web.Hosting;

/// <summary>The server: its parts, put together.</summary>
public static class WebServer
{
    /// <summary>Serves until it is cancelled; then takes no more requests, and ends when those under way have been answered.</summary>
    /// <param name="options">Where and how.</param>
    /// <param name="log">Where the log goes.</param>
    /// <param name="onStarted">Told the addresses once requests are taken.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task RunAsync(
        WebOptions options, Action<ILoggingBuilder> log, Func<IEnumerable<string>, Task> onStarted, CancellationToken cancellationToken)
    {
        using var logs = LoggerFactory.Create(builder => log(builder.SetMinimumLevel(GetLogLevel(options))));
        await using var pool = LedgerPool.Create(options.Store, options.ReadStore, options.IsReadOnly, logs.CreateLogger("CineLedger.Storage"));

        // Putting the server together takes as long as opening the store, which mostly waits.
        var opening = Task.Run(() => OpenAsync(pool, options, cancellationToken), cancellationToken);
        await using var app = Create(options, pool, builder => log(builder.Logging));
        await opening;
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (IOException error) when (error.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            throw new LedgerException($"{options.Urls} is taken by another program: end it, or name another address with --urls.", error);
        }
        catch (Exception error) when (error is IOException or FormatException or InvalidOperationException or System.Net.Sockets.SocketException)
        {
            throw new LedgerException($"--urls: cannot listen at {options.Urls}: {error.Message}", error);
        }

        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        logs.CreateLogger("CineLedger.Web.Hosting.WebServer").Serving(StoreEngine.GetSafeName(options.ReadStore ?? options.Store), string.Join(", ", addresses));
        await onStarted(addresses);
        await app.WaitForShutdownAsync(cancellationToken);
    }

    /// <summary>Puts the server together; start it and dispose it. The pool stays the caller's.</summary>
    /// <param name="options">Where and how.</param>
    /// <param name="pool">The ledger.</param>
    /// <param name="configure">Adds to it before it is built: a log, another transport.</param>
    public static WebApplication Create(WebOptions options, LedgerPool pool, Action<WebApplicationBuilder> configure)
    {
        // No configuration from files and no static files: a server of one purpose starts sooner without.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "CineLedger", EnvironmentName = "Production" });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection();

        // Why a server does not start is thrown to whoever starts it, who says it in one line.
        builder.Logging.ClearProviders().SetMinimumLevel(GetLogLevel(options)).AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None)

            // What ASP.NET says of requests has their queries in it.
            .AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("Microsoft.Hosting", LogLevel.Warning).AddFilter("ModelContextProtocol", LogLevel.Warning);
        builder.WebHost.UseUrls(options.Urls);
        builder.WebHost.ConfigureKestrel(kestrel => SecuritySetup.Limit(kestrel, options));
        builder.Services
            .AddSingleton(options)
            .AddSingleton(pool)
            .AddSingleton<SnapshotSelector>()
            .AddSingleton<SnapshotCache>()
            .AddSingleton<SqlExecutor>()
            .AddSingleton<IHostLifetime, CallerManagedLifetime>()
            .Configure<HostOptions>(host => host.ShutdownTimeout = options.ShutdownTimeout)
            .AddRequestTimeouts(timeouts => timeouts.DefaultPolicy = new RequestTimeoutPolicy
            {
                Timeout = options.RequestTimeout,
                TimeoutStatusCode = StatusCodes.Status504GatewayTimeout,
            });
        StreamingCompressionProvider.Add(builder.Services);
        ApiDocument.Add(builder.Services);
        SecuritySetup.Add(builder.Services, options);
        BackgroundServices.Add(builder.Services);
        MetricsSetup.Add(builder.Services);
        AssistantServer.Add(builder.Services);
        DashboardPages.Add(builder.Services);
        configure(builder);

        // A query of DuckDB holds its thread until it is done: cached answers must not wait for the pool to grow.
        ThreadPool.GetMinThreads(out var workers, out var ports);
        ThreadPool.SetMinThreads(Math.Max(workers, 16), ports);

        var app = builder.Build();
        app.UseMiddleware<RequestIds>();
        app.UseMiddleware<SecurityHeadersMiddleware>();
        app.UseMiddleware<ProblemDetailsMiddleware>();
        SecuritySetup.Use(app, options);
        app.UseMiddleware<ResponseCacheMiddleware>();
        app.UseResponseCompression();
        app.UseRouting();
        app.UseAuthorization();
        app.UseRequestTimeouts();
        Endpoints.Map(app);
        return app;
    }

    /// <summary>A server that loads by itself begins with nothing, if need be; any other has nothing to answer then.</summary>
    private static async Task OpenAsync(LedgerPool pool, WebOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await pool.OpenAsync(cancellationToken);
        }
        catch (LedgerException) when (options.Schedule is not null)
        {
            // Whatever else was the matter, it is now too.
            await (await StoreEngine.Get(options.Store).OpenAsync(options.Store, wait: true, cancellationToken)).DisposeAsync();
            await pool.OpenAsync(cancellationToken);
        }
    }

    private static LogLevel GetLogLevel(WebOptions options) => options.IsVerbose ? LogLevel.Information : LogLevel.Warning;

    /// <summary>Who runs the server says when it ends: the command line has its own handling of signals.</summary>
    private sealed class CallerManagedLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
