using System.CommandLine;
using CineLedger.Model;
using CineLedger.Web;

namespace CineLedger.Cli;

/// <summary>Limits for what a single caller may use of a server at once.</summary>
internal sealed class CallerLimitOptions
{
    private readonly Option<int?> _connections = new("--max-connections-per-address")
    {
        Description = "Open connections of one address; 0 for no limit. Default: 500. Behind a proxy, all clients have the proxy's address: use 0.",
        HelpName = "N",
    };

    private readonly Option<int?> _requests = new("--max-requests-per-address")
    {
        Description = "Requests in progress of each key, and of each address without a key; 0 for no limit. Default: 256.",
        HelpName = "N",
    };

    private readonly Option<int?> _listeners = new("--max-listeners-per-address")
    {
        Description = "Event streams of each key, and of each address without a key; 0 for no limit. Default: 50.",
        HelpName = "N",
    };

    private readonly Option<string?> _spool = new("--max-spool-bytes")
    {
        Description = "Temporary files of large responses that clients receive slowly: 500MB, 8GB. A single caller may use half. Default: 1GB; 128MB if TMPDIR is in memory.",
        HelpName = "SIZE",
    };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_connections, _requests, _listeners, _spool])
        {
            command.Options.Add(option);
        }
    }

    public WebOptions Read(ParseResult parsed, WebOptions options) => options with
    {
        MaxConnectionsPerAddress = ReadLimit(parsed, _connections) ?? options.MaxConnectionsPerAddress,
        MaxRequestsPerCaller = ReadLimit(parsed, _requests) ?? options.MaxRequestsPerCaller,
        MaxListenersPerCaller = ReadLimit(parsed, _listeners) ?? options.MaxListenersPerCaller,
        MaxSpoolBytes = parsed.GetValue(_spool) is { } size ? SizeParser.Parse(_spool.Name, size) : options.MaxSpoolBytes,
    };

    private static int? ReadLimit(ParseResult parsed, Option<int?> option) =>
        parsed.GetValue(option) is < 0 ? throw new UsageException($"{option.Name}: must be 1 or more, or 0 for no limit.") : parsed.GetValue(option);
}
