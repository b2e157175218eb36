using Microsoft.Extensions.Logging;

namespace CineLedger.Web;

/// <summary>Everything the server logs, in one place: 1000 and up.</summary>
internal static partial class Log
{
    [LoggerMessage(1000, LogLevel.Error, "{Method} {Path} failed with {Status}: {Reason}")]
    public static partial void RequestFailed(this ILogger logger, string method, string path, int status, string reason, Exception? exception);

    [LoggerMessage(1050, LogLevel.Error, "The keys cannot be read, so that nobody is let in by one: {Reason}")]
    public static partial void KeysUnreadable(this ILogger logger, string reason);
}
