using Microsoft.Extensions.Logging;

namespace CineLedger.Cli;

/// <summary>Everything the command itself logs, in one place: 2000 and up.</summary>
internal static partial class Log
{
    [LoggerMessage(2000, LogLevel.Warning, "{Reason} It is waited for.")]
    public static partial void WaitingForLedger(ILogger logger, string reason);
}
