using System.Runtime.InteropServices;

namespace CineLedger.Cli;

/// <summary>
/// Handles Ctrl-C, SIGTERM and SIGHUP from program start: the first signal cancels the command, the second ends the process immediately.
/// A command that does not stop in time is ended with the signal's exit code, 128 plus the signal number. Signals that the parent process ignores, such as
/// SIGHUP under nohup, stay ignored.
/// </summary>
/// <remarks>
/// The parser installs its handler only after a command has started. On a busy machine a signal could arrive earlier and end the process before
/// the interrupted load is recorded.
/// </remarks>
internal sealed class TerminationSignals : IDisposable
{
    /// <summary>SIGXFSZ: the file would exceed the process's limit on file sizes. The number is the same on Linux and macOS.</summary>
    private const PosixSignal FileSizeLimit = (PosixSignal)25;

    /// <summary>
    /// Makes a write beyond that limit fail like one on a full disk. Never disposed: a thread of the database may still write while the process ends,
    /// and the signal's default action would replace the exit code.
    /// </summary>
    private static PosixSignalRegistration? _fileSizeLimit;

    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration[] _registrations;
    private Timer? _forcedExit;
    private int _signals;

    public TerminationSignals()
    {
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal => Stop(signal, 129)),
            PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, 130)),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, 143)),
        ];
        if (!OperatingSystem.IsWindows())
        {
            _fileSizeLimit ??= PosixSignalRegistration.Create(FileSizeLimit, static signal => signal.Cancel = true);
        }
    }

    /// <summary>Canceled by the first signal.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>How long a command may take to stop: a load has to roll back its writes. Container platforms do not wait longer by default.</summary>
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(30);

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _forcedExit?.Dispose();
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
            _forcedExit = new Timer(_ => Environment.Exit(exitCode), null, ShutdownTimeout, Timeout.InfiniteTimeSpan);
            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The command has just finished.
        }
    }
}
