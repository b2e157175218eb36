using System.CommandLine;
using CineLedger.Model;
using CineLedger.Sources;

namespace CineLedger.Cli;

/// <summary>How patient a download is: <c>--timeout</c> and <c>--retries</c>.</summary>
internal sealed class FetchOptions
{
    private readonly Option<int?> _timeout = new("--timeout")
    {
        Description = $"How long a server may be silent before a download is broken off; default {SourceOptions.Default.StallTimeout.TotalSeconds:0}.",
        HelpName = "SECONDS",
    };

    private readonly Option<int?> _retries = new("--retries")
    {
        Description = $"How often a download that broke off is taken up again; default {SourceOptions.Default.Attempts - 1}.",
        HelpName = "N",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_timeout);
        command.Options.Add(_retries);
    }

    public SourceOptions Read(ParseResult parsed)
    {
        if (parsed.GetValue(_timeout) is < 1 or > 86_400)
        {
            throw new UsageException("--timeout: write 1 to 86400 seconds.");
        }

        if (parsed.GetValue(_retries) is < 0 or > 100)
        {
            throw new UsageException("--retries: write 0 to 100.");
        }

        var options = SourceOptions.Default;
        var stall = parsed.GetValue(_timeout) is { } seconds ? TimeSpan.FromSeconds(seconds) : options.StallTimeout;
        return options with
        {
            StallTimeout = stall,
            ConnectTimeout = stall < options.ConnectTimeout ? stall : options.ConnectTimeout,
            Attempts = 1 + (parsed.GetValue(_retries) ?? options.Attempts - 1),
        };
    }
}
