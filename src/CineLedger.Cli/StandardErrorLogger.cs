using Microsoft.Extensions.Logging;

namespace CineLedger.Cli;

/// <summary>Logs warnings and errors, or with <c>--verbose</c> everything, as plain lines on standard error.</summary>
internal sealed class StandardErrorLogger(bool verbose) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= (verbose ? LogLevel.Debug : LogLevel.Warning) && logLevel != LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            StandardError.Writer.WriteLine($"{(logLevel >= LogLevel.Error ? "error: " : logLevel == LogLevel.Warning ? "warning: " : "")}{formatter(state, exception)}");
            if (exception is not null && (verbose || logLevel >= LogLevel.Error))
            {
                StandardError.Writer.WriteLine(exception);
            }
        }
    }
}
