using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CineLedger.Model;

namespace CineLedger.HealthChecks;

/// <summary>Checks what anyone can do at a server's public address, by sending requests without a key.</summary>
public static class PublicAddressChecks
{
    private const string ReadPath = "/api/v1/snapshots?limit=1";

    /// <summary>Shows where a load ran only to callers on the server's own machine, and to keys that may load.</summary>
    private const string DetailsPath = "/api/v1/loads?limit=100";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan MinCertificateTime = TimeSpan.FromDays(14);

    /// <summary>Ways to write the address of the metrics. A proxy that blocks only one of them leaves the others open.</summary>
    private static readonly string[] MetricsPaths =
        ["/metrics", "/METRICS", "/Metrics", "/metrics/", "//metrics", "/./metrics", "/%6detrics", "/metrics%2f", "/metrics;a", "/metrics?a=1", "/x/../metrics"];

    private static readonly string[] LocalNames = ["localhost", "127.0.0.1", "[::1]"];

    /// <param name="address">The address of the server as its users write it: <c>https://movies.example</c>, optionally with a path.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public static async Task<IReadOnlyList<CheckResult>> RunAsync(string address, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.UserInfo.Length > 0)
        {
            throw new UsageException($"--url: '{address}' is not an http(s) address; use an address such as https://movies.example.");
        }

        var certificate = new ReceivedCertificate();
        using var client = CreateClient(certificate);
        var anonymous = new AnonymousClient(client, uri.GetLeftPart(UriPartial.Path).TrimEnd('/'));
        try
        {
            var status = await anonymous.GetStatusAsync("/health/live", cancellationToken).ConfigureAwait(false);
            return
            [
                status == HttpStatusCode.OK
                    ? CheckResult.Healthy("server", $"{uri.Authority} responds")
                    : CheckResult.Unhealthy("server", Invariant($"{uri.Authority}/health/live returns {(int)status}"), "check the address and the proxy"),
                CheckTls(uri, certificate),
                await CheckReadingAsync(anonymous, cancellationToken).ConfigureAwait(false),
                await CheckTrustAsync(anonymous, cancellationToken).ConfigureAwait(false),
                await CheckHostAsync(anonymous, cancellationToken).ConfigureAwait(false),
                await CheckMetricsAsync(anonymous, cancellationToken).ConfigureAwait(false),
                await CheckSqlAsync(anonymous, cancellationToken).ConfigureAwait(false),
            ];
        }
        catch (Exception error) when (error is HttpRequestException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            var reason = error is HttpRequestException ? CheckFormatting.ToOneLine(error.InnerException?.Message ?? error.Message) : Invariant($"no response within {Timeout.TotalSeconds} s");
            return [CheckResult.Unhealthy("server", $"{uri.Authority} cannot be reached: {reason}", "check the address, the network, and whether the server and its proxy are running")];
        }
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    /// <summary>Creates a client that continues in spite of an invalid certificate, so that everything else is checked, too.</summary>
    private static HttpClient CreateClient(ReceivedCertificate certificate) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, received, _, errors) => certificate.Set(received, errors) },
    })
    {
        Timeout = Timeout,
    };

    private static CheckResult CheckTls(Uri uri, ReceivedCertificate certificate)
    {
        if (uri.Scheme == "http")
        {
            return CheckResult.Warning("TLS", "the address is plain http, so keys can be read on their way", "let the proxy provide https, and redirect http to it");
        }

        if (certificate.Errors != SslPolicyErrors.None)
        {
            return CheckResult.Unhealthy("TLS", $"the certificate is not valid: {certificate.Errors}", "install a certificate for this name from an authority that clients trust");
        }

        var remaining = certificate.ExpiresAt - DateTime.UtcNow;
        var found = Invariant($"the certificate is valid until {certificate.ExpiresAt:yyyy-MM-dd}");
        return remaining >= MinCertificateTime ? CheckResult.Healthy("TLS", found) : CheckResult.Warning("TLS", found, "renew it");
    }

    private static async Task<CheckResult> CheckReadingAsync(AnonymousClient anonymous, CancellationToken cancellationToken) =>
        await anonymous.GetStatusAsync(ReadPath, cancellationToken).ConfigureAwait(false) == HttpStatusCode.OK
            ? CheckResult.Warning("reading", "everyone can read without a key", "right for serve --public; otherwise start the server with --behind-proxy or --require-key")
            : CheckResult.Healthy("reading", "needs a key");

    private static async Task<CheckResult> CheckTrustAsync(AnonymousClient anonymous, CancellationToken cancellationToken) =>
        await IsLocalAsync(anonymous, null, cancellationToken).ConfigureAwait(false)
            ? CheckResult.Unhealthy("trust", "the server takes remote callers for users of its own machine", "start it with --behind-proxy or --require-key")
            : CheckResult.Healthy("trust", "the server does not take remote callers for users of its own machine");

    private static async Task<CheckResult> CheckHostAsync(AnonymousClient anonymous, CancellationToken cancellationToken)
    {
        var isOpen = await anonymous.GetStatusAsync(ReadPath, cancellationToken).ConfigureAwait(false) == HttpStatusCode.OK;
        foreach (var name in LocalNames)
        {
            var opens = !isOpen && await anonymous.GetStatusAsync(ReadPath, cancellationToken, name).ConfigureAwait(false) == HttpStatusCode.OK;
            if (opens || await IsLocalAsync(anonymous, name, cancellationToken).ConfigureAwait(false))
            {
                return CheckResult.Unhealthy("host", $"requests for the host {name} count as local", "start the server with --behind-proxy or --require-key");
            }
        }

        return CheckResult.Healthy("host", "the Host header makes no request local");
    }

    private static async Task<CheckResult> CheckMetricsAsync(AnonymousClient anonymous, CancellationToken cancellationToken)
    {
        List<string> open = [];
        foreach (var path in MetricsPaths)
        {
            if ((await anonymous.GetTextAsync(path, cancellationToken).ConfigureAwait(false))?.Contains("# TYPE ", StringComparison.Ordinal) == true)
            {
                open.Add(path);
            }
        }

        return open.Count > 0
            ? CheckResult.Warning("metrics", $"everyone can read {string.Join(", ", open)}", "block the path in the proxy whatever its case and ending, as in deploy/nginx")
            : CheckResult.Healthy("metrics", "not readable without a key");
    }

    private static async Task<CheckResult> CheckSqlAsync(AnonymousClient anonymous, CancellationToken cancellationToken) =>
        await anonymous.PostSqlAsync(cancellationToken).ConfigureAwait(false) == HttpStatusCode.OK
            ? CheckResult.Warning("SQL", "everyone can run SQL without a key", "start the server without --allow-sql, or without --public, unless that is intended")
            : CheckResult.Healthy("SQL", "not available without a key");

    private static async Task<bool> IsLocalAsync(AnonymousClient anonymous, string? host, CancellationToken cancellationToken) =>
        (await anonymous.GetTextAsync(DetailsPath, cancellationToken, host).ConfigureAwait(false))?.Contains("\"node\":\"", StringComparison.Ordinal) == true;

    /// <summary>The server's certificate and its faults.</summary>
    private sealed class ReceivedCertificate
    {
        public SslPolicyErrors Errors { get; private set; }

        public DateTime ExpiresAt { get; private set; }

        /// <summary>Accepts every certificate: no secret is sent, and the errors are reported.</summary>
        public bool Set(X509Certificate? certificate, SslPolicyErrors errors)
        {
            (Errors, ExpiresAt) = (errors, (certificate as X509Certificate2)?.NotAfter.ToUniversalTime() ?? default);
            return true;
        }
    }

    /// <summary>Sends requests without a key. Paths are sent as they are written here.</summary>
    private sealed class AnonymousClient(HttpClient client, string origin)
    {
        private const int MaxBytes = 1 << 20;

        public async Task<HttpStatusCode> GetStatusAsync(string path, CancellationToken cancellationToken, string? host = null)
        {
            using var response = await SendAsync(Create(HttpMethod.Get, path, host), cancellationToken).ConfigureAwait(false);
            return response.StatusCode;
        }

        /// <summary>Returns the beginning of the response; null if its status is not 200.</summary>
        public async Task<string?> GetTextAsync(string path, CancellationToken cancellationToken, string? host = null)
        {
            using var response = await SendAsync(Create(HttpMethod.Get, path, host), cancellationToken).ConfigureAwait(false);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                return null;
            }

            var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            await using (body.ConfigureAwait(false))
            {
                var bytes = new byte[MaxBytes];
                return Encoding.UTF8.GetString(bytes, 0, await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false));
            }
        }

        public async Task<HttpStatusCode> PostSqlAsync(CancellationToken cancellationToken)
        {
            var request = Create(HttpMethod.Post, "/api/v1/sql", null);
            request.Content = new StringContent("SELECT 1", Encoding.UTF8, "application/sql");
            using var response = await SendAsync(request, cancellationToken).ConfigureAwait(false);
            return response.StatusCode;
        }

        private HttpRequestMessage Create(HttpMethod method, string path, string? host)
        {
            var request = new HttpRequestMessage(method, new Uri(origin + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
            request.Headers.Host = host;
            return request;
        }

        private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using (request)
            {
                return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
