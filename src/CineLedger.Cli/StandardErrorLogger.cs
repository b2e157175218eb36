using Microsoft.Extensions.Logging;

namespace CineLedger.Cli;

/// <summary>Logs warnings and errors, or with <c>--verbose</c> everything, as plain lines on standard error.</summary>
/// <param name="verbose">Whether to log everything.</param>
/// <param name="prefix">Precedes information, which is then always logged; null for none.</param>
internal sealed class StandardErrorLogger(bool verbose, string? prefix = null) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= (verbose ? LogLevel.Debug : prefix is null ? LogLevel.Warning : LogLevel.Information) && logLevel != LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            StandardError.Writer.WriteLine($"{(logLevel >= LogLevel.Error ? "error: " : logLevel == LogLevel.Warning ? "warning: " : prefix)}{formatter(state, exception)}");
            if (exception is not null && (verbose || logLevel >= LogLevel.Error))
            {
                StandardError.Writer.WriteLine(exception);
            }
        }
    }
}
