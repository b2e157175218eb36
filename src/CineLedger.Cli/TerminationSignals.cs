using System.Runtime.InteropServices;

namespace CineLedger.Cli;

/// <summary>
/// Ctrl-C and SIGTERM, from the program's first moment on: the first asks the command to stop, a second ends the program at once.
/// A command that has not stopped in time ends with the signal's exit code, 128 and its number.
/// </summary>
/// <remarks>
/// The parser's own handler is put in place beside a command that has begun already; on a busy machine a signal could come first and end the program unseen, with nothing
/// written of the load that it ended.
/// </remarks>
internal sealed class TerminationSignals : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;
    private Timer? _overdue;
    private int _signals;

    public TerminationSignals()
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, 130));
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, 143));
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>How long a command may take to stop: a load rolls back what it has written, on a disk that may be busy. What runs containers waits no longer by itself.</summary>
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(30);

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _overdue?.Dispose();
        _stop.Dispose();
    }

    private void Stop(PosixSignalContext signal, int exitCode)
    {
        if (Interlocked.Increment(ref _signals) > 1)
        {
            return;
        }

        signal.Cancel = true;
        try
        {
            _overdue = new Timer(_ => Environment.Exit(exitCode), null, ShutdownTimeout, Timeout.InfiniteTimeSpan);
            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The command has ended in this moment by itself.
        }
    }
}
