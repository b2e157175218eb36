using Microsoft.Extensions.Logging;

namespace CineLedger;

/// <summary>The library's log messages. Addresses are passed without credentials.</summary>
internal static partial class Log
{
    // Sources: 100 to 199.

    [LoggerMessage(100, LogLevel.Information, "Opened {Address}, version {Version}: {Files}")]
    public static partial void DatasetOpened(this ILogger logger, string address, string? version, string files);

    [LoggerMessage(101, LogLevel.Information, "{Address} has not changed since version {Version}")]
    public static partial void DatasetNotModified(this ILogger logger, string address, string version);

    [LoggerMessage(102, LogLevel.Warning, "{Address}: {Reason}; attempt {Attempt} of {Attempts} in {Delay}")]
    public static partial void DownloadRetried(
        this ILogger logger, string address, string reason, int attempt, int attempts, TimeSpan delay);

    [LoggerMessage(103, LogLevel.Information, "{Address}: resumed at byte {Offset}")]
    public static partial void DownloadResumed(this ILogger logger, string address, long offset);

    [LoggerMessage(104, LogLevel.Warning, "{Address}: starting over, {Bytes} bytes discarded: {Reason}")]
    public static partial void DownloadRestarted(this ILogger logger, string address, long bytes, string reason);

    [LoggerMessage(105, LogLevel.Information, "{Address}: {Bytes} bytes downloaded in {Elapsed}")]
    public static partial void Downloaded(this ILogger logger, string address, long bytes, TimeSpan elapsed);

    [LoggerMessage(106, LogLevel.Warning, "The temporary file {Path} could not be deleted")]
    public static partial void TemporaryFileNotDeleted(this ILogger logger, string path, Exception exception);

    // Storage: 200 to 299.

    [LoggerMessage(200, LogLevel.Information, "Listening for new snapshots of {Store}")]
    public static partial void Listening(this ILogger logger, string store);

    [LoggerMessage(201, LogLevel.Warning, "No notifications of new snapshots from {Store} at the moment, polling instead: {Reason}")]
    public static partial void ListeningFailed(this ILogger logger, string store, string reason);

    [LoggerMessage(202, LogLevel.Warning, "The newest snapshot cannot be read at the moment: {Reason}")]
    public static partial void SnapshotNotRead(this ILogger logger, string reason);

    [LoggerMessage(203, LogLevel.Warning, "A database host is skipped for a while: {Reason}")]
    public static partial void HostFailed(this ILogger logger, string reason);

    // Loading: 300 to 399.

    [LoggerMessage(300, LogLevel.Warning, "The load {Load} ended as {State}, but this could not be recorded: {Reason}")]
    public static partial void LoadNotRecorded(this ILogger logger, string load, string state, string reason);

    // SQL: 400 to 499.

    [LoggerMessage(400, LogLevel.Warning, "No process for SQL could be started ahead: {Reason}")]
    public static partial void SqlWorkerNotStarted(this ILogger logger, string reason);
}
