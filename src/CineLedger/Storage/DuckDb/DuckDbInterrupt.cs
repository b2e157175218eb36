using System.Data.Common;
using DuckDB.NET.Data;
using DuckDB.NET.Native;

namespace CineLedger.Storage.DuckDb;

/// <summary>
/// Stops what a connection to DuckDB runs once a token is cancelled: again and again until this is disposed, since DuckDB forgets an
/// interruption that comes between two of its steps, such as while a query is planned, and would run the query to its end.
/// </summary>
internal sealed class DuckDbInterrupt : IDisposable
{
    private static readonly TimeSpan _interval = TimeSpan.FromMilliseconds(50);

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

    /// <summary>From now until it is disposed; null, where nobody can cancel or the engine is another, which knows how to by itself.</summary>
    public static DuckDbInterrupt? Start(DbConnection connection, CancellationToken cancellationToken) =>
        cancellationToken.CanBeCanceled && connection is DuckDBConnection duckDb ? new DuckDbInterrupt(duckDb, cancellationToken) : null;

    /// <summary>Nothing is interrupted after it: the connection may run another query, or be closed.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            _timer?.Dispose();
        }

        _registration.Dispose();
    }

    /// <summary>The first time on the thread that cancels: those of the pool may all be waiting for queries.</summary>
    private void Begin()
    {
        Interrupt();
        lock (_lock)
        {
            if (!_isDisposed)
            {
                _timer = new Timer(static state => ((DuckDbInterrupt)state!).Interrupt(), this, _interval, _interval);
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
