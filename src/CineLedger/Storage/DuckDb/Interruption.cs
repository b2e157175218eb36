using System.Data.Common;
using DuckDB.NET.Data;
using DuckDB.NET.Native;

namespace CineLedger.Storage.DuckDb;

/// <summary>
/// Stops what a connection to DuckDB runs once a token is cancelled: again and again until this is disposed, since DuckDB forgets an
/// interruption that comes between two of its steps, such as while a query is planned, and would run the query to its end.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private static readonly TimeSpan _again = TimeSpan.FromMilliseconds(50);

    private readonly DuckDBConnection _connection;
    private readonly Lock _gate = new();
    private readonly CancellationTokenRegistration _registration;
    private Timer? _timer;
    private bool _over;

    private Interruption(DuckDBConnection connection, CancellationToken cancellationToken)
    {
        _connection = connection;
        _registration = cancellationToken.Register(static state => ((Interruption)state!).Begin(), this);
    }

    /// <summary>From now until it is disposed; null, where nobody can cancel or the engine is another, which knows how to by itself.</summary>
    public static Interruption? On(DbConnection connection, CancellationToken cancellationToken) =>
        cancellationToken.CanBeCanceled && connection is DuckDBConnection duckDb ? new Interruption(duckDb, cancellationToken) : null;

    /// <summary>Nothing is interrupted after it: the connection may run another query, or be closed.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _over = true;
            _timer?.Dispose();
        }

        _registration.Dispose();
    }

    /// <summary>The first time on the thread that cancels: those of the pool may all be waiting for queries.</summary>
    private void Begin()
    {
        Interrupt();
        lock (_gate)
        {
            if (!_over)
            {
                _timer = new Timer(static state => ((Interruption)state!).Interrupt(), this, _again, _again);
            }
        }
    }

    private void Interrupt()
    {
        lock (_gate)
        {
            if (!_over)
            {
                NativeMethods.Startup.DuckDBInterrupt(_connection.NativeConnection);
            }
        }
    }
}
