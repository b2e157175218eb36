using System.Data.Common;
using CineLedger.Files;
using CineLedger.Model;
using CineLedger.Storage;

namespace CineLedger.Cli;

/// <summary>Describes the failure of a command in one line, with its exit code.</summary>
internal static class FailureMessage
{
    private const string Files = "too many open files: raise the limit (ulimit -n, LimitNOFILE).";
    private const string FileSize = "a file is too large for the disk or for the configured limit (ulimit -f).";
    private const string Threads = "the system does not allow enough threads: raise the limit to 64 or more (ulimit -u, TasksMax, the container's pids limit).";

    /// <summary>The runtime reports a thread that it cannot start as missing memory.</summary>
    private const string Memory =
        "not enough memory, or too few threads: raise the limits (the container's on memory and pids; ulimit -v and -u; TasksMax; DOTNET_GCHeapHardLimit).";

    /// <summary>The system's messages when memory cannot be reserved, for example for a library.</summary>
    private static readonly string[] MemoryMessages = ["cannot allocate memory", "failed to map segment"];

    /// <summary>Whether an allocation has failed anywhere in the process.</summary>
    private static volatile bool _isMemoryExhausted;

    /// <summary>Remembers failed allocations: cleaning up after one may fail too and replace the error, for example with a cancellation.</summary>
    public static void WatchMemory() =>
        AppDomain.CurrentDomain.FirstChanceException += static (_, thrown) =>
        {
            if (thrown.Exception is OutOfMemoryException)
            {
                _isMemoryExhausted = true;
            }
        };

    public static (string Message, int ExitCode) Describe(Exception error) => error switch
    {
        LedgerException known => (known.Message, known.ExitCode),
        _ when _isMemoryExhausted => (Memory, 1),
        OperationCanceledException => ("stopped; nothing was published.", 1),
        AggregateException { InnerExceptions: [var only] } => Describe(only),
        _ when FindLimit(error) is { } limit => (limit, 1),
        DbException when error.Message.Contains("Interrupted", StringComparison.Ordinal) => ("stopped; nothing was published.", 1),
        DbException when StoreEngine.Explain(error) is { } explained => (explained.Message, explained.ExitCode),
        DbException => ($"the store failed: {GetFirstLine(error.Message)} (run again with --verbose for the stack trace, and report it)", 1),
        IOException or UnauthorizedAccessException => (GetFirstLine(error.Message), 1),
        _ => ($"unexpected {error.GetType().Name}: {GetFirstLine(error.Message)} (run again with --verbose for the stack trace, and report it)", 1),
    };

    /// <summary>Returns the message if the cause is a limit of the system; otherwise null.</summary>
    private static string? FindLimit(Exception error)
    {
        for (var cause = error; cause is not null; cause = cause.InnerException)
        {
            if (cause is TaskSchedulerException or ThreadStartException)
            {
                return Threads;
            }

            if (cause.Message.Contains("Too many open files", StringComparison.Ordinal))
            {
                return Files;
            }

            if (FileTarget.IsTooLarge(cause))
            {
                return FileSize;
            }

            if (cause is OutOfMemoryException || MemoryMessages.Any(message => cause.Message.Contains(message, StringComparison.OrdinalIgnoreCase)))
            {
                return Memory;
            }
        }

        return null;
    }

    private static string GetFirstLine(string message) => message.AsSpan().Trim().ToString().Split('\n')[0].Trim();
}
