using Microsoft.Extensions.Logging;

namespace CineLedger.Cli;

/// <summary>Log messages of the command itself: event ids from 2000.</summary>
internal static partial class Log
{
    [LoggerMessage(2000, LogLevel.Warning, "{Reason} Waiting for it.")]
    public static partial void WaitingForLedger(ILogger logger, string reason);
}
