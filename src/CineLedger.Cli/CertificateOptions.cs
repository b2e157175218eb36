using System.CommandLine;
using CineLedger.Model;
using CineLedger.Web;
using CineLedger.Web.Security;

namespace CineLedger.Cli;

/// <summary>Options for TLS without a proxy.</summary>
internal sealed class CertificateOptions
{
    private const string PasswordVariable = "CINELEDGER_CERTIFICATE_PASSWORD";

    private readonly Option<string?> _certificate = new("--certificate")
    {
        Description = "Serve https with this certificate: PEM with its intermediates, or PFX. It is read again when it changes.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _key = new("--certificate-key")
    {
        Description = $"The certificate's private key (PEM), unless it is in the same file; ${PasswordVariable} is its password, or that of the PFX.",
        HelpName = "FILE",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_certificate);
        command.Options.Add(_key);
    }

    public WebOptions Read(ParseResult parsed, Option<string?> urls, WebOptions options)
    {
        if (parsed.GetValue(_certificate) is not { } path)
        {
            return parsed.GetValue(_key) is null ? options : throw new UsageException($"{_key.Name}: name the certificate, too, with {_certificate.Name}.");
        }

        var secure = parsed.GetValue(urls) is null ? options.Urls.Replace("http://", "https://", StringComparison.Ordinal) : options.Urls;
        return secure.Split(';').Any(url => url.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
            ? options with { Urls = secure, Certificate = new ServerCertificate(path, parsed.GetValue(_key), Environment.GetEnvironmentVariable(PasswordVariable)) }
            : throw new UsageException($"{_certificate.Name}: no address of {urls.Name} begins with https://.");
    }

    /// <summary>Whether a certificate is given, so that addresses may begin with https.</summary>
    public bool IsGiven(ParseResult parsed) => parsed.GetValue(_certificate) is not null;
}
