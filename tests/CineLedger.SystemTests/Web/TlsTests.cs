using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CineLedger.SystemTests.CommandLine;
using CineLedger.Tests.Support;

namespace CineLedger.SystemTests.Web;

/// <summary>TLS without a proxy: certificates of both kinds, their renewal, and errors in one line.</summary>
public sealed class TlsTests(Datasets datasets) : IDisposable
{
    private const string Password = "pass-of-the-file";
    private readonly Workspace _workspace = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("pem")]
    [InlineData("one-file")]
    [InlineData("encrypted")]
    [InlineData("pfx")]
    public async Task A_server_with_a_certificate_serves_https_and_nothing_else_at_that_address(string kind)
    {
        await _workspace.RunSuccessfullyAsync("load", datasets.Clean);
        using var certificate = Create("one");
        var options = Write(kind, certificate);
        var address = $"https://127.0.0.1:{ProcessServer.FindFreePort()}";
        var plain = $"http://127.0.0.1:{ProcessServer.FindFreePort()}";
        await using var serving = CineLedgerProcess.Start(
            _workspace.Folder, ["serve", "--urls", $"{address};{plain}", .. options], null, new Dictionary<string, string> { ["CINELEDGER_CERTIFICATE_PASSWORD"] = Password });
        using var local = new HttpClient { BaseAddress = new Uri(plain) };
        await ProcessServer.WaitAsync(local, serving);
        using var secure = CreateClient(certificate.Thumbprint);
        using var response = await secure.GetAsync($"{address}/api/v1/reports/genres?limit=1", Cancel);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.False(response.Headers.Contains("Strict-Transport-Security"));
        await Assert.ThrowsAsync<HttpRequestException>(() => local.GetAsync(address.Replace("https", "http", StringComparison.Ordinal) + "/health/live", Cancel));

        // Kestrel itself refuses this request; its problem document must be encrypted, too.
        var refused = await SendRawAsync(new Uri(address).Port, certificate.Thumbprint, "GET /%00 HTTP/1.1\r\nHost: localhost\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 400", refused, StringComparison.Ordinal);
        Assert.Contains("/problems/bad-request", refused, StringComparison.Ordinal);
        serving.Signal(CineLedgerProcess.Terminate);
        Assert.Equal(0, (await serving.WaitAsync()).ExitCode);
    }

    [Fact]
    public async Task A_renewed_certificate_is_used_without_a_restart_and_a_broken_one_is_not()
    {
        await _workspace.RunSuccessfullyAsync("load", datasets.Clean);
        using var first = Create("first");
        using var second = Create("second");
        var options = Write("pem", first);
        var address = $"https://127.0.0.1:{ProcessServer.FindFreePort()}";
        await using var serving = _workspace.Start(["serve", "--urls", address, .. options]);
        var seen = "";
        using var client = new HttpClient(new SocketsHttpHandler
        {
            PooledConnectionLifetime = TimeSpan.Zero,
            SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => (seen = certificate!.Subject).Length > 0 },
        })
        { BaseAddress = new Uri(address) };
        await ProcessServer.WaitAsync(client, serving);
        Assert.Equal("CN=first", seen);
        Write("pem", second);
        await Wait.UntilAsync("the new certificate is used", async () => (await client.GetAsync("/health/live", Cancel)).IsSuccessStatusCode && seen == "CN=second");
        _workspace.Write("movies.crt", "-----BEGIN CERTIFICATE-----\nbroken\n-----END CERTIFICATE-----\n");
        await Wait.UntilAsync("the broken certificate is reported", async () =>
            (await client.GetAsync("/health/live", Cancel)).IsSuccessStatusCode && serving.HasReported("movies.crt cannot be used, so the previous one stays in use"));
        Assert.Equal("CN=second", seen);
    }

    [Fact]
    public async Task What_is_wrong_with_a_certificate_is_said_in_one_line()
    {
        await _workspace.RunSuccessfullyAsync("load", datasets.Clean);
        using var certificate = Create("one");
        Write("pem", certificate);
        Write("pfx", certificate);
        using var other = Create("other");
        _workspace.Write("other.key", other.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        const string Https = "https://127.0.0.1:0";
        foreach (var (options, reason) in ((string[], string)[])[
            (["--urls", Https], "needs a certificate: name one with serve --certificate"),
            (["--urls", Https, "--certificate", "absent.crt"], "--certificate: absent.crt cannot be used: "),
            (["--urls", Https, "--certificate", "movies.crt"], "--certificate: movies.crt cannot be used: "),
            (["--urls", Https, "--certificate", "movies.crt", "--certificate-key", "other.key"], "--certificate: movies.crt with the key other.key cannot be used: "),
            (["--urls", Https, "--certificate", "movies.pfx"], "--certificate: movies.pfx cannot be used: "),
            (["--urls", "http://127.0.0.1:0", "--certificate", "movies.crt", "--certificate-key", "movies.key"], "--certificate: no address of --urls begins with https://"),
            (["--certificate-key", "movies.key"], "--certificate-key: name the certificate, too"),
        ])
        {
            var line = Workspace.OneLine(await _workspace.RunAsync(["serve", .. options]), 2);
            Assert.Contains(reason, line, StringComparison.Ordinal);
            Assert.DoesNotContain(Password, line, StringComparison.Ordinal);
        }
    }

    public void Dispose() => _workspace.Dispose();

    private static X509Certificate2 Create(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(7));
    }

    /// <summary>Writes a certificate and returns the options that name it.</summary>
    private string[] Write(string kind, X509Certificate2 certificate)
    {
        var key = certificate.GetECDsaPrivateKey()!;
        switch (kind)
        {
            case "pfx":
                _workspace.Write("movies.pfx", certificate.Export(X509ContentType.Pfx, Password));
                return ["--certificate", "movies.pfx"];
            case "one-file":
                _workspace.Write("movies.pem", $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n");
                return ["--certificate", "movies.pem"];
            default:
                _workspace.Write("movies.key", kind == "encrypted"
                    ? key.ExportEncryptedPkcs8PrivateKeyPem(Password, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1_000))
                    : key.ExportPkcs8PrivateKeyPem());
                _workspace.Write("movies.crt", certificate.ExportCertificatePem());
                return ["--certificate", "movies.crt", "--certificate-key", "movies.key"];
        }
    }

    private static HttpClient CreateClient(string thumbprint) => new(new SocketsHttpHandler
    {
        SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate!.GetCertHashString() == thumbprint },
    });

    private static async Task<string> SendRawAsync(int port, string thumbprint, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, Cancel);
        await using var stream = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, (_, certificate, _, _) => certificate!.GetCertHashString() == thumbprint);
        await stream.AuthenticateAsClientAsync("localhost");
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), Cancel);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(Cancel);
    }
}
