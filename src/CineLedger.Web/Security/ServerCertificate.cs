using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CineLedger.Model;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CineLedger.Web.Security;

/// <summary>
/// The certificate of a server that provides TLS itself: PEM files, the certificate first and then its intermediates, or a PFX file. Changed files are read again, so
/// a renewed certificate needs no restart.
/// </summary>
public sealed class ServerCertificate
{
    /// <summary>How long new connections use the certificate without looking at its files.</summary>
    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(10);

    private readonly string _path;
    private readonly string? _keyPath;
    private readonly string? _password;
    private readonly Lock _lock = new();
    private byte[] _content;
    private SslStreamCertificateContext _context;
    private long _checkAfter;

    /// <param name="path">The certificate.</param>
    /// <param name="keyPath">The private key; null if it is in the same file.</param>
    /// <param name="password">The password of the PFX file or of the key; null without one.</param>
    /// <exception cref="UsageException">The files cannot be read or hold no certificate with its key.</exception>
    public ServerCertificate(string path, string? keyPath, string? password)
    {
        (_path, _keyPath, _password) = (path, keyPath, password);
        try
        {
            _content = ReadFiles();
            _context = CreateContext();
        }
        catch (Exception error) when (IsUnusable(error))
        {
            throw new UsageException($"--certificate: {path}{(keyPath is null ? "" : $" with the key {keyPath}")} cannot be used: {error.Message.TrimEnd('.')}.", error);
        }

        SetNextCheck();
    }

    /// <summary>Makes an endpoint of the server accept TLS only. HTTP/1.1, as without TLS: the limits of connections are limits of requests, too.</summary>
    internal void Use(ListenOptions endpoint)
    {
        var logger = endpoint.ApplicationServices.GetRequiredService<ILogger<ServerCertificate>>();
        endpoint.Protocols = HttpProtocols.Http1;
        endpoint.UseHttps(new TlsHandshakeCallbackOptions
        {
            OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions { ServerCertificateContext = GetCurrent(logger) }),
        });
    }

    /// <summary>Returns the certificate, after reading changed files. While they cannot be used, returns the previous one.</summary>
    /// <param name="logger">Receives why changed files cannot be used.</param>
    internal SslStreamCertificateContext GetCurrent(ILogger logger)
    {
        lock (_lock)
        {
            if (Environment.TickCount64 < _checkAfter)
            {
                return _context;
            }

            SetNextCheck();
            try
            {
                if (ReadFiles() is var content && !content.AsSpan().SequenceEqual(_content))
                {
                    _context = CreateContext();
                    _content = content;
                }
            }
            catch (Exception error) when (IsUnusable(error))
            {
                logger.CertificateUnusable(_path, error.Message);
            }

            return _context;
        }
    }

    private static bool IsUnusable(Exception error) =>
        error is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException or InvalidOperationException;

    private void SetNextCheck() => _checkAfter = Environment.TickCount64 + (long)CheckInterval.TotalMilliseconds;

    private byte[] ReadFiles() => [.. File.ReadAllBytes(_path), .. _keyPath is null ? [] : File.ReadAllBytes(_keyPath)];

    private SslStreamCertificateContext CreateContext()
    {
        var text = File.ReadAllText(_path);
        var all = new X509Certificate2Collection();
        X509Certificate2 certificate;
        if (text.Contains("-----BEGIN ", StringComparison.Ordinal))
        {
            var key = _keyPath is null ? text : File.ReadAllText(_keyPath);
            using var ephemeral = key.Contains("BEGIN ENCRYPTED PRIVATE KEY", StringComparison.Ordinal)
                ? X509Certificate2.CreateFromEncryptedPem(text, key, _password)
                : X509Certificate2.CreateFromPem(text, key);

            // Windows accepts only keys that were imported.
            certificate = X509CertificateLoader.LoadPkcs12(ephemeral.Export(X509ContentType.Pkcs12), null);
            all.ImportFromPem(text);
        }
        else
        {
            all = X509CertificateLoader.LoadPkcs12Collection(File.ReadAllBytes(_path), _password);
            certificate = all.FirstOrDefault(one => one.HasPrivateKey) ?? throw new CryptographicException("The file holds no private key");
        }

        all = [.. all.Where(other => other.Thumbprint != certificate.Thumbprint)];

        // Offline: a client must not be able to make the server fetch addresses that the certificate names.
        return SslStreamCertificateContext.Create(certificate, all, offline: true);
    }
}
