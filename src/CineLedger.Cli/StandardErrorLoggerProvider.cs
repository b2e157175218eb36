using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace CineLedger.Cli;

/// <summary>The log of a server, on standard error like the rest of the command's messages.</summary>
internal sealed class StandardErrorLoggerProvider(bool verbose) : ILoggerProvider
{
    private readonly StandardErrorLogger _log = new(verbose);

    public static void Add(ILoggingBuilder log, LogFormat format, bool verbose)
    {
        if (format == LogFormat.Text)
        {
            log.AddProvider(new StandardErrorLoggerProvider(verbose));
            return;
        }

        log.AddJsonConsole(json =>
        {
            json.IncludeScopes = true;
            json.UseUtcTimestamp = true;
            json.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
        });
        log.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);

        // Where it listens is a line of the log, as it is one of the text.
        log.AddFilter("CineLedger.Web.Hosting.WebServer", LogLevel.Information);
    }

    public ILogger CreateLogger(string categoryName) => _log;

    public void Dispose()
    {
        // Standard error stays open.
    }
}

/// <summary>What a line of the log is.</summary>
internal enum LogFormat
{
    Text,
    Json,
}
