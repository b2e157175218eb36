using System.Data.Common;
using DuckDB.NET.Data;
using DuckDB.NET.Native;

namespace CineLedger.Storage.DuckDb;

/// <summary>
/// Interrupts a DuckDB connection once a token is canceled. Repeats it until disposed, because DuckDB loses an interrupt that arrives between two of
/// its steps, for example while a query is planned, and would run the query to its end.
/// </summary>
internal sealed class DuckDbInterrupt : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    private readonly DuckDBConnection _connection;
    private readonly Lock _lock = new();
    private readonly CancellationTokenRegistration _registration;
    private Timer? _timer;
    private bool _isDisposed;

    private DuckDbInterrupt(DuckDBConnection connection, CancellationToken cancellationToken)
    {
        _connection = connection;
        _registration = cancellationToken.Register(static state => ((DuckDbInterrupt)state!).Begin(), this);
    }

    /// <summary>
    /// Starts observing the token, until disposed. Returns null if the token cannot be canceled, or for another engine, whose driver handles
    /// cancellation.
    /// </summary>
    public static DuckDbInterrupt? Start(DbConnection connection, CancellationToken cancellationToken) =>
        cancellationToken.CanBeCanceled && connection is DuckDBConnection duckDb ? new DuckDbInterrupt(duckDb, cancellationToken) : null;

    /// <summary>Stops interrupting. Afterwards the connection may run another query or be closed.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            _timer?.Dispose();
        }

        _registration.Dispose();
    }

    /// <summary>Interrupts the first time on the canceling thread, because all threads of the pool may be waiting for queries.</summary>
    private void Begin()
    {
        Interrupt();
        lock (_lock)
        {
            if (!_isDisposed)
            {
                _timer = new Timer(static state => ((DuckDbInterrupt)state!).Interrupt(), this, Interval, Interval);
            }
        }
    }

    private void Interrupt()
    {
        lock (_lock)
        {
            if (!_isDisposed)
            {
                NativeMethods.Startup.DuckDBInterrupt(_connection.NativeConnection);
            }
        }
    }
}
