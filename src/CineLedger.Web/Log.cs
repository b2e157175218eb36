using Microsoft.Extensions.Logging;

namespace CineLedger.Web;

/// <summary>All log messages of the server. Event IDs start at 1000.</summary>
internal static partial class Log
{
    [LoggerMessage(1000, LogLevel.Error, "{Method} {Path} failed with {Status}, request {RequestId}: {Reason}")]
    public static partial void RequestFailed(this ILogger logger, string method, string path, int status, string requestId, string reason, Exception? exception);

    [LoggerMessage(1001, LogLevel.Information, "{Method} {Path} {Status} in {Milliseconds} ms, {Bytes} bytes, snapshot {Snapshot}, request {RequestId}", SkipEnabledCheck = true)]
    public static partial void RequestEnded(
        this ILogger logger, string method, string path, int status, double milliseconds, long? bytes, string? snapshot, string requestId);

    [LoggerMessage(1002, LogLevel.Information, "Serving {Store} at {Addresses}")]
    public static partial void Serving(this ILogger logger, string store, string addresses);

    [LoggerMessage(1003, LogLevel.Error, "Tool {Tool} failed: {Reason}")]
    public static partial void ToolFailed(this ILogger logger, string tool, string reason, Exception? exception);

    [LoggerMessage(1050, LogLevel.Error, "The keys cannot be read, so requests with a key fail: {Reason}")]
    public static partial void KeysUnreadable(this ILogger logger, string reason);

    [LoggerMessage(1051, LogLevel.Information, "The use of key {Key} cannot be recorded: {Reason}")]
    public static partial void KeyUseNotRecorded(this ILogger logger, string key, string reason);

    [LoggerMessage(1060, LogLevel.Warning, "The changed certificate {Certificate} cannot be used, so the previous one stays in use: {Reason}")]
    public static partial void CertificateUnusable(this ILogger logger, string certificate, string reason);

    // Loads: 1100 to 1199.

    [LoggerMessage(1100, LogLevel.Information, "Load {Load} of {Source} ended: {State}, snapshot {Snapshot}")]
    public static partial void LoadEnded(this ILogger logger, string load, string source, Loads.LoadStatus state, int? snapshot);

    [LoggerMessage(1101, LogLevel.Warning, "Load {Load} of {Source} published nothing: {Reason}")]
    public static partial void LoadFailed(this ILogger logger, string load, string source, string reason, Exception? exception);

    [LoggerMessage(1104, LogLevel.Information, "Load {Load} is being canceled by {Caller}")]
    public static partial void LoadCancelRequested(this ILogger logger, string load, string caller);

    [LoggerMessage(1105, LogLevel.Error, "The change '{Change}' of a command failed: {Reason}")]
    public static partial void CommandFailed(this ILogger logger, string change, string reason, Exception exception);

    [LoggerMessage(1102, LogLevel.Warning, "The state of the schedule cannot be read at the moment: {Reason}")]
    public static partial void ScheduleNotRead(this ILogger logger, string reason);

    [LoggerMessage(1103, LogLevel.Information, "Started the load due at {Due:u}, attempt {Attempt}; the next one is due at {Next:u}")]
    public static partial void ScheduledLoadStarted(this ILogger logger, DateTime due, int attempt, DateTime? next);

    [LoggerMessage(1150, LogLevel.Information, "{Pushes} pushes with {Records} records are in snapshot {Snapshot}")]
    public static partial void PushesEnded(this ILogger logger, int pushes, long records, int? snapshot);

    [LoggerMessage(1151, LogLevel.Warning, "{Pushes} pushes failed: {Reason}")]
    public static partial void PushesFailed(this ILogger logger, int pushes, string reason, Exception? exception);

    [LoggerMessage(1152, LogLevel.Warning, "Pushes are written, but this server cannot read them yet: {Reason}")]
    public static partial void PushNotVisible(this ILogger logger, string reason);

    [LoggerMessage(1160, LogLevel.Warning, "Changes cannot be published at the moment; trying again: {Reason}")]
    public static partial void ChangesNotPublished(this ILogger logger, string reason);

    [LoggerMessage(1161, LogLevel.Warning, "Changes are published again: topic {Topic} is complete up to snapshot {Snapshot}")]
    public static partial void ChangesPublishedAgain(this ILogger logger, string topic, int snapshot);

    // Webhooks: 1200 to 1299.

    [LoggerMessage(1200, LogLevel.Information, "Webhook {Webhook}: delivered {Subject} to {Target} on attempt {Try}")]
    public static partial void Delivered(this ILogger logger, string webhook, string target, string subject, int @try);

    [LoggerMessage(1201, LogLevel.Warning, "Webhook {Webhook}: delivery of {Subject} to {Target} failed on attempt {Try}: {Reason}; next attempt at {Next:u}")]
    public static partial void DeliveryFailed(this ILogger logger, string webhook, string target, string subject, int @try, string reason, DateTime next);

    [LoggerMessage(1202, LogLevel.Error, "Webhook {Webhook}: gave up delivering {Subject} to {Target} after {Tries} attempts: {Reason}")]
    public static partial void DeliveryAbandoned(this ILogger logger, string webhook, string target, string subject, int tries, string reason);

    [LoggerMessage(1203, LogLevel.Warning, "Webhook {Webhook}: the result of delivering {Subject} cannot be recorded, so it will be delivered again: {Reason}")]
    public static partial void DeliveryNotRecorded(this ILogger logger, string webhook, string subject, string reason);

    [LoggerMessage(1204, LogLevel.Warning, "Webhooks cannot be delivered at the moment: {Reason}")]
    public static partial void WebhooksNotRead(this ILogger logger, string reason);

    // Audit: 1300 to 1399.

    [LoggerMessage(
        1300,
        LogLevel.Information,
        "{Caller} (key {Key}) at {Address}: {Action} {Status} in {Milliseconds} ms, request {RequestId}: {Target}")]
    public static partial void Audited(
        this ILogger logger, string caller, string key, string address, string action, string target, int status, double milliseconds, string requestId);

    [LoggerMessage(1301, LogLevel.Information, "Key {Key} of {Address} was rejected: {Method} {Path}")]
    public static partial void KeyRejected(this ILogger logger, string key, string address, string method, string path);

    [LoggerMessage(1302, LogLevel.Information, "{Count} more keys of {Address} were rejected within a minute")]
    public static partial void KeysRejected(this ILogger logger, int count, string address);

    // SQL: 1400 to 1499.

    [LoggerMessage(1400, LogLevel.Warning, "{Warning}")]
    public static partial void SqlWarning(this ILogger logger, string warning);
}
