using CineLedger.Web.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace CineLedger.Cli;

/// <summary>Logger provider of the server; logs to standard error, like all messages of the command.</summary>
internal sealed class StandardErrorLoggerProvider(bool verbose) : ILoggerProvider
{
    private readonly StandardErrorLogger _log = new(verbose);
    private readonly StandardErrorLogger _audit = new(verbose, "audit: ");

    public static void Add(ILoggingBuilder log, LogFormat format, bool verbose)
    {
        if (format == LogFormat.Text)
        {
            log.AddProvider(new StandardErrorLoggerProvider(verbose));
            return;
        }

        StandardError.RedirectConsole();
        log.AddJsonConsole(json =>
        {
            json.IncludeScopes = true;
            json.UseUtcTimestamp = true;
            json.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
        });
        log.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);

        // Includes the addresses that the server listens on, which the text format prints too.
        log.AddFilter("CineLedger.Web.Hosting.WebServer", LogLevel.Information);
    }

    public ILogger CreateLogger(string categoryName) => categoryName == WebServer.AuditCategory ? _audit : _log;

    public void Dispose()
    {
        // Standard error stays open.
    }
}

/// <summary>Format of a log line.</summary>
internal enum LogFormat
{
    Text,
    Json,
}
