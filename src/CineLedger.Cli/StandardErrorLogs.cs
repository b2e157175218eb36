using Microsoft.Extensions.Logging;

namespace CineLedger.Cli;

/// <summary>The log of a server: as plain lines on standard error, like the rest of the command's messages.</summary>
internal sealed class StandardErrorLogs(bool verbose) : ILoggerProvider
{
    private readonly StandardErrorLogger _log = new(verbose);

    public ILogger CreateLogger(string categoryName) => _log;

    public void Dispose()
    {
        // Standard error stays open.
    }
}
