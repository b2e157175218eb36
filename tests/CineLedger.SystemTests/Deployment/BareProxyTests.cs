using System.Net;
using System.Text.Json;
using CineLedger.SystemTests.CommandLine;
using CineLedger.SystemTests.Web;
using CineLedger.Tests.Support;

namespace CineLedger.SystemTests.Deployment;

/// <summary>A server behind an nginx that adds no header, and what <c>cineledger doctor --url</c> says about it.</summary>
public sealed class BareProxyTests(Datasets datasets) : IAsyncLifetime
{
    private readonly Workspace _workspace = new();
    private readonly int _port = ProcessServer.FindFreePort();

    /// <summary>A proxy that cannot be told apart from a program on this machine: HTTP/1.1, the upstream's host name, no header.</summary>
    private const string Traceless = "proxy_http_version 1.1; proxy_set_header Connection \"\";";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _workspace.RunSuccessfullyAsync("load", datasets.Clean);

    public ValueTask DisposeAsync()
    {
        _workspace.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("")]
    [InlineData("proxy_set_header Host $host;")]
    [InlineData("proxy_set_header X-Forwarded-For $remote_addr; proxy_http_version 1.1;")]
    [InlineData(Traceless, "--require-key")]
    [InlineData(Traceless, "--behind-proxy")]
    public async Task A_caller_behind_a_proxy_is_not_local_whatever_the_host_header(string directives, params string[] options)
    {
        await using var served = await ServeProcess.StartAsync(_workspace, ["--allow-sql", .. options]);
        await using var nginx = await StartNginxAsync(served, directives);
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_port}") };
        foreach (var host in (string?[])[null, "localhost", "127.0.0.1", "[::1]", "movies.example"])
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(client, "/api/v1/reports/genres", host));
            Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(client, "/metrics", host));
            using var sql = new HttpRequestMessage(HttpMethod.Post, "/api/v1/sql") { Content = new StringContent("SELECT 1", null, "application/sql") };
            sql.Headers.Host = host;
            using var refused = await client.SendAsync(sql, Cancel);
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        }

        Assert.Equal(["warning TLS"], await CheckAsync(0));
    }

    [Fact]
    public async Task A_traceless_proxy_opens_a_server_that_trusts_this_machine_and_the_doctor_says_so()
    {
        await using var served = await ServeProcess.StartAsync(_workspace, "--allow-sql");
        await using var nginx = await StartNginxAsync(served, Traceless);
        Assert.Equal(["warning TLS", "warning reading", "bad trust", "bad host", "warning metrics", "warning SQL"], await CheckAsync(1));
        var lines = (await _workspace.RunAsync("doctor", "--url", $"http://127.0.0.1:{_port}")).OutputLines;
        Assert.Contains(lines, line => line.Contains("/METRICS", StringComparison.Ordinal) && line.Contains("/metrics/", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("--behind-proxy or --require-key", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_host_header_of_a_caller_opens_a_server_whose_proxy_passes_it_on()
    {
        await using var served = await ServeProcess.StartAsync(_workspace);
        await using var nginx = await StartNginxAsync(served, Traceless + " proxy_set_header Host $host;", "movies.example");

        // The name that the doctor uses is that of this machine, too, so the proxy passes on another one for it.
        Assert.Equal(["warning TLS", "bad host"], await CheckAsync(1));
    }

    [Fact]
    public async Task The_doctor_says_that_an_address_does_not_respond_and_refuses_others_than_http()
    {
        Assert.Equal(["bad server"], await CheckAsync(1));
        Assert.Contains("--url: 'ftp://a' is not an http(s) address", Workspace.OneLine(await _workspace.RunAsync("doctor", "--url", "ftp://a"), 2), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_doctor_says_that_a_certificate_is_not_valid()
    {
        await using var served = await ServeProcess.StartAsync(_workspace, "--behind-proxy");
        using var key = System.Security.Cryptography.RSA.Create(2048);
        var request = new System.Security.Cryptography.X509Certificates.CertificateRequest(
            "CN=movies.example", key, System.Security.Cryptography.HashAlgorithmName.SHA256, System.Security.Cryptography.RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        _workspace.Write("certificate.pem", certificate.ExportCertificatePem());
        _workspace.Write("key.pem", key.ExportPkcs8PrivateKeyPem());
        await using var nginx = await StartNginxAsync(
            served, $"proxy_set_header X-Forwarded-For $remote_addr; ssl_certificate {_workspace.GetPath("certificate.pem")}; ssl_certificate_key {_workspace.GetPath("key.pem")};", tls: true);
        Assert.Equal(["bad TLS"], await CheckAsync(1, "https"));
    }

    private static async Task<HttpStatusCode> GetAsync(HttpClient client, string address, string? host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Host = host;
        using var response = await client.SendAsync(request, Cancel);
        return response.StatusCode;
    }

    private async Task<List<string>> CheckAsync(int exitCode, string scheme = "http")
    {
        var result = await _workspace.RunAsync("doctor", "--url", $"{scheme}://127.0.0.1:{_port}", "--format", "json");
        Assert.True(result.ExitCode == exitCode, $"exit {result.ExitCode}: {result.Output}{result.Error}");
        return [.. JsonDocument.Parse(result.Output).RootElement.GetProperty("data").EnumerateArray()
            .Where(check => check.GetProperty("state").GetString() != "good").Select(check => $"{check.GetProperty("state").GetString()} {check.GetProperty("check").GetString()}")];
    }

    /// <summary>Starts nginx with nothing but these directives and a proxy_pass.</summary>
    /// <param name="served">The upstream.</param>
    /// <param name="directives">More directives of the server.</param>
    /// <param name="ownName">The host name passed on for the proxy's own address; null to pass on what the directives say.</param>
    /// <param name="tls">Whether it listens for TLS.</param>
    private async Task<CineLedgerProcess> StartNginxAsync(ServeProcess served, string directives, string? ownName = null, bool tls = false)
    {
        var program = DeployedFiles.Program("nginx-light", "/usr/sbin/nginx");
        var folder = _workspace.Folder;
        var paths = string.Join(' ', ((string[])["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]).Select(name => $"{name}_temp_path {folder}/nginx-{name};"));
        var rewritten = ownName is null ? directives : directives.Replace("Host $host", "Host $passed", StringComparison.Ordinal);
        var map = ownName is null ? "" : $"map $http_host $passed {{ default $http_host; 127.0.0.1:{_port} {ownName}; }}";
        _workspace.Write(
            "nginx.conf",
            $"pid {folder}/nginx.pid; error_log stderr warn; events {{ }} http {{ access_log off; {paths} {map} server {{ listen 127.0.0.1:{_port}{(tls ? " ssl" : "")}; {rewritten} "
            + $"location / {{ proxy_pass {served.Client.BaseAddress!.GetLeftPart(UriPartial.Authority)}; }} }} }}");
        var nginx = CineLedgerProcess.StartOther(folder, program, ["-p", folder, "-c", _workspace.GetPath("nginx.conf"), "-g", "daemon off; master_process off;"]);
        await Wait.UntilAsync("nginx listens", async () =>
        {
            using var client = new System.Net.Sockets.TcpClient();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, _port, Cancel);
                return true;
            }
            catch (System.Net.Sockets.SocketException)
            {
                return nginx.HasExited ? throw new InvalidOperationException((await nginx.WaitAsync()).Error) : false;
            }
        });
        return nginx;
    }
}
