using System.Security.Cryptography;
using System.Text;
using CineLedger.Storage;
using CineLedger.Storage.DuckDb;
using Microsoft.AspNetCore.Http;

namespace CineLedger.Web.Commands;

/// <summary>Lets commands of the same user on the same machine find this server and prove that they are such. Only for a DuckDB file that is open for writing.</summary>
internal sealed class CommandServer(WebOptions options)
{
    /// <summary>The header with the secret of <see cref="ServerFile"/>.</summary>
    public const string SecretHeader = "CineLedger-Command-Secret";

    public const string Path = "/commands";

    private readonly string _secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
    private ServerFile? _written;

    private string? LedgerFile => options.IsReadOnly || options.ReadStore is not null ? null : StoreEngine.Get(options.Store).GetFile(options.Store);

    /// <summary>Returns whether a request has the secret of the file.</summary>
    public bool Accepts(HttpRequest request) => _written is not null && CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(request.Headers[SecretHeader].ToString()), Encoding.UTF8.GetBytes(_secret));

    /// <summary>Writes the file, when the server accepts requests.</summary>
    /// <param name="addresses">The addresses at which the server listens.</param>
    public void Announce(IEnumerable<string> addresses)
    {
        if (LedgerFile is { } ledger && addresses.OrderBy(address => address.StartsWith(Uri.UriSchemeHttps, StringComparison.OrdinalIgnoreCase)).FirstOrDefault() is { } address)
        {
            _written = new ServerFile(GetLocalAddress(address), _secret, Environment.ProcessId, Environment.MachineName);
            _written.Write(ledger);
        }
    }

    /// <summary>Deletes the file, when the server stops.</summary>
    public void Withdraw()
    {
        if (LedgerFile is { } ledger)
        {
            _written?.Delete(ledger);
        }
    }

    /// <summary>Returns the address for clients on this machine of a server that listens on all interfaces.</summary>
    private static string GetLocalAddress(string address)
    {
        var binding = BindingAddress.Parse(address);
        return binding.Host is "*" or "+" or "[::]" or "0.0.0.0" ? FormattableString.Invariant($"{binding.Scheme}://localhost:{binding.Port}") : address.TrimEnd('/');
    }
}
