using Microsoft.Extensions.Logging;

namespace CineLedger.Web;

/// <summary>Everything the server logs, in one place: 1000 and up.</summary>
internal static partial class Log
{
    [LoggerMessage(1000, LogLevel.Error, "{Method} {Path} failed with {Status}, request {RequestId}: {Reason}")]
    public static partial void RequestFailed(this ILogger logger, string method, string path, int status, string requestId, string reason, Exception? exception);

    [LoggerMessage(1001, LogLevel.Information, "{Method} {Path} {Status} in {Milliseconds} ms, {Bytes} bytes, snapshot {Snapshot}, request {RequestId}", SkipEnabledCheck = true)]
    public static partial void RequestEnded(
        this ILogger logger, string method, string path, int status, double milliseconds, long? bytes, string? snapshot, string requestId);

    [LoggerMessage(1002, LogLevel.Information, "Serving {Store} at {Addresses}")]
    public static partial void Serving(this ILogger logger, string store, string addresses);

    [LoggerMessage(1003, LogLevel.Error, "The tool {Tool} failed: {Reason}")]
    public static partial void ToolFailed(this ILogger logger, string tool, string reason, Exception? exception);
}
