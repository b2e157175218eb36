using System.Text.Encodings.Web;
using CineLedger.Web.Errors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace CineLedger.Web.Security;

/// <summary>Registers authentication, authorization, CORS, rate limits and connection limits. See docs/security.md.</summary>
internal static class SecuritySetup
{
    /// <summary>The response headers that scripts of other origins may read.</summary>
    private static readonly string[] Exposed =
        ["ETag", "Last-Modified", LedgerHeaders.Snapshot, "Link", "Retry-After", "Content-Disposition", "WWW-Authenticate", LedgerHeaders.IdempotencyReplayed];

    public static void Add(IServiceCollection services, WebOptions options)
    {
        services.AddSingleton(TimeProvider.System).AddSingleton<KeyRing>().AddSingleton<KeyUseLog>().AddSingleton<RejectedKeyLog>()
            .AddTransient<ApiKeyHandler>().AddSingleton(UrlEncoder.Default);

        // AddAuthentication would also add data protection, which writes its own keys to disk.
        services.AddAuthenticationCore(authentication =>
        {
            authentication.DefaultScheme = ApiKeyHandler.SchemeName;
            authentication.AddScheme<ApiKeyHandler>(ApiKeyHandler.SchemeName, displayName: null);
        });
        Policies.Add(services.AddAuthorizationBuilder());
        if (options.RatePerMinute > 0)
        {
            services.AddRateLimiter(limiter => RequestRateLimiter.Configure(limiter, options.RatePerMinute));
        }

        if (options.CorsOrigins.Count > 0)
        {
            services.AddCors(cors => cors.AddDefaultPolicy(policy => policy
                .WithOrigins([.. options.CorsOrigins])
                .WithMethods("GET", "HEAD", "POST", "PUT", "DELETE")
                .WithHeaders("Authorization", LedgerHeaders.ApiKey, "Accept", "Content-Type", "If-None-Match", "Last-Event-ID", LedgerHeaders.IdempotencyKey)
                .WithExposedHeaders(Exposed)
                .SetPreflightMaxAge(TimeSpan.FromHours(1))));
        }
    }

    /// <summary>Sets the limits of connections. A middleware names the limit of addresses to a client that exceeds it slightly; Kestrel refuses much longer ones.</summary>
    public static void Limit(KestrelServerOptions kestrel, WebOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestLineSize = 8 * options.MaxAddressLength;
        kestrel.Limits.MaxRequestHeadersTotalSize = 32 << 10;
        kestrel.Limits.MaxRequestHeaderCount = 64;
        kestrel.Limits.MaxRequestBodySize = options.MaxBodyBytes;
        kestrel.Limits.MaxConcurrentConnections = options.MaxConnections;
        kestrel.Limits.MaxConcurrentUpgradedConnections = 0;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 1_000, gracePeriod: TimeSpan.FromSeconds(5));
        kestrel.Limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 1_000, gracePeriod: TimeSpan.FromSeconds(10));
    }

    /// <summary>Takes the client's address from the entry that the nearest proxy appended: clients choose the others themselves.</summary>
    private static ForwardedHeadersOptions CreateProxyOptions()
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor, ForwardLimit = 1 };
        options.KnownIPNetworks.Clear();
        options.KnownProxies.Clear();
        return options;
    }

    /// <summary>Adds the middleware that runs before cached responses are returned.</summary>
    public static void Use(IApplicationBuilder app, WebOptions options)
    {
        if (options.IsBehindProxy)
        {
            app.UseForwardedHeaders(CreateProxyOptions());
        }

        app.UseMiddleware<CrossSiteMiddleware>();
        if (options.CorsOrigins.Count > 0)
        {
            app.UseCors();
        }

        app.Use((http, next) => http.Request.Path.Value!.Length + (http.Request.QueryString.Value?.Length ?? 0) > options.MaxAddressLength
            ? throw Problems.AddressTooLong(options.MaxAddressLength)
            : next(http));
        app.UseAuthentication();
        if (options.RatePerMinute > 0)
        {
            app.UseRateLimiter();
        }
    }
}
