using System.Diagnostics;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Web.Assistants;
using CineLedger.Web.Commands;
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
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CineLedger.Web.Hosting;

/// <summary>Builds and runs the server.</summary>
public static class WebServer
{
    /// <summary>The category of the log of changes, SQL statements and rejected keys, which is always on.</summary>
    public const string AuditCategory = AuditMiddleware.Category;

    /// <summary>Serves until it is canceled. It then accepts no more requests and ends when the running ones are complete.</summary>
    /// <param name="options">The options of the server.</param>
    /// <param name="log">Configures the log.</param>
    /// <param name="onStarted">Called with the addresses when the server accepts requests.</param>
    /// <param name="cancellationToken">Stops the server.</param>
    public static async Task RunAsync(
        WebOptions options, Action<ILoggingBuilder> log, Func<IEnumerable<string>, Task> onStarted, CancellationToken cancellationToken)
    {
        using var logs = LoggerFactory.Create(builder => log(builder.SetMinimumLevel(GetLogLevel(options))));
        await using var pool = LedgerPool.Create(options.Store, options.ReadStore, options.IsReadOnly, logs.CreateLogger("CineLedger.Storage"));

        // Build the server while the store opens, which takes about as long and mostly waits.
        var opening = Task.Run(() => OpenAsync(pool, options, cancellationToken), cancellationToken);
        await using var app = Create(options, pool, builder => log(builder.Logging));
        await opening;
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (IOException error) when (error.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            throw new LedgerException($"{options.Urls} is in use by another program: stop it, or choose another address with --urls.", error);
        }
        catch (Exception error) when (error is IOException or FormatException or InvalidOperationException or System.Net.Sockets.SocketException)
        {
            throw new LedgerException($"--urls: cannot listen on {options.Urls}: {error.Message}", error);
        }

        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        logs.CreateLogger("CineLedger.Web.Hosting.WebServer").Serving(StoreEngine.GetSafeName(options.ReadStore ?? options.Store), string.Join(", ", addresses));
        if (options.AllowsSql && await pool.CheckSqlAsync(cancellationToken) is { } warning)
        {
            logs.CreateLogger("CineLedger.Web.Sql").SqlWarning(warning);
        }

        var commands = app.Services.GetRequiredService<CommandServer>();
        commands.Announce(addresses);
        try
        {
            await onStarted(addresses);
            await app.WaitForShutdownAsync(cancellationToken);
        }
        finally
        {
            commands.Withdraw();
        }
    }

    /// <summary>Builds the server. The caller starts and disposes it, and keeps ownership of the pool.</summary>
    /// <param name="options">The options of the server.</param>
    /// <param name="pool">The ledger.</param>
    /// <param name="configure">Configures the builder, such as its log or transport.</param>
    public static WebApplication Create(WebOptions options, LedgerPool pool, Action<WebApplicationBuilder> configure)
    {
        // Without configuration files and static files, the server starts faster.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "CineLedger", EnvironmentName = "Production" });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection();

        // Do not log a failed start: it is thrown to the caller, which reports it in one line.
        builder.Logging.ClearProviders().SetMinimumLevel(GetLogLevel(options)).AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None)

            // ASP.NET Core's log of requests would contain their queries.
            .AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("Microsoft.Hosting", LogLevel.Warning).AddFilter("ModelContextProtocol", LogLevel.Warning)
            .AddFilter(AuditMiddleware.Category, LogLevel.Information);
        builder.WebHost.UseUrls(options.Urls);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            SecuritySetup.Limit(kestrel, options);
            var connections = new CallerCounter();
            kestrel.ConfigureEndpointDefaults(endpoint =>
            {
                // Behind a proxy, all connections come from its address.
                ConnectionLimiter.Use(endpoint, connections, options.IsBehindProxy ? 0 : options.MaxConnectionsPerAddress);
                if (IsSecure(endpoint, options))
                {
                    options.Certificate!.Use(endpoint);
                }

                RejectedRequests.Use(endpoint);
            });
        });
        if (options.Certificate is not null)
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
        }

        builder.Services
            .AddSingleton(options)
            .AddSingleton(pool)
            .AddSingleton<CommandServer>()
            .AddSingleton<LedgerReaders>()
            .AddSingleton<Spool>()
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

        // A DuckDB query blocks its thread, and cached responses must not wait until the thread pool grows.
        ThreadPool.GetMinThreads(out var workers, out var ports);
        ThreadPool.SetMinThreads(Math.Max(workers, 16), ports);

        var app = builder.Build();
        app.Services.GetRequiredService<Spool>();
        RejectedRequests.Subscribe(app.Services.GetRequiredService<DiagnosticListener>());
        app.UseMiddleware<RequestIds>();
        app.UseMiddleware<AuditMiddleware>();
        app.UseMiddleware<SecurityHeadersMiddleware>();
        app.UseMiddleware<ProblemDetailsMiddleware>();
        SecuritySetup.Use(app, options);
        app.UseMiddleware<ResponseCacheMiddleware>();
        app.UseMiddleware<CurrentCaller>();
        app.UseResponseCompression();
        app.UseRouting();
        app.UseAuthorization();
        app.UseMiddleware<ConcurrencyMiddleware>();
        app.UseRequestTimeouts();
        Endpoints.Map(app);
        return app;
    }

    /// <summary>Opens the ledger. A server with a schedule creates a missing one; any other server would have nothing to serve.</summary>
    private static async Task OpenAsync(LedgerPool pool, WebOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await pool.OpenAsync(cancellationToken);
        }
        catch (LedgerException) when (options.Schedule is not null)
        {
            // If the reason was not a missing ledger, this attempt fails with the same error.
            await (await StoreEngine.Get(options.Store).OpenAsync(options.Store, wait: true, cancellationToken)).DisposeAsync();
            await pool.OpenAsync(cancellationToken);
        }
    }

    /// <summary>Whether an endpoint is one of the addresses that begin with https. The server tells its endpoints apart only by their ports.</summary>
    private static bool IsSecure(ListenOptions endpoint, WebOptions options) => options.Urls.Split(';').Select(BindingAddress.Parse)
        .Any(address => address.Scheme == Uri.UriSchemeHttps && address.Port == endpoint.IPEndPoint?.Port);

    private static LogLevel GetLogLevel(WebOptions options) => options.IsVerbose ? LogLevel.Information : LogLevel.Warning;

    /// <summary>Leaves it to the caller to stop the server, because the command line handles signals itself.</summary>
    private sealed class CallerManagedLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
