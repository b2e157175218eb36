using System.Globalization;
using CineLedger.Model;

namespace CineLedger.SqlSandbox;

/// <summary>The time limit of a statement and the token that cancels it on timeout or on the caller's request.</summary>
internal sealed class StatementTimeout : IDisposable
{
    private readonly CancellationTokenSource _time;
    private readonly CancellationToken _user;

    public StatementTimeout(TimeSpan timeout, CancellationToken user)
    {
        Timeout = timeout;
        _user = user;
        _time = CancellationTokenSource.CreateLinkedTokenSource(user);
        _time.CancelAfter(timeout);
    }

    public TimeSpan Timeout { get; }

    public CancellationToken Token => _time.Token;

    /// <summary>Gets whether the time limit was reached; false when the caller canceled.</summary>
    public bool IsExpired => _time.IsCancellationRequested && !_user.IsCancellationRequested;

    /// <summary>Creates the error for a reached time limit.</summary>
    public SqlLimitException CreateTimeoutException(Exception cause) => new(
        string.Create(
            CultureInfo.InvariantCulture,
            $"stopped after {Timeout.TotalSeconds:0.###} s: the query takes longer than its time limit; raise --timeout or narrow the query."),
        cause);

    public void Dispose() => _time.Dispose();
}
