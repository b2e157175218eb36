using System.Globalization;
using CineLedger.Model;

namespace CineLedger.SqlSandbox;

/// <summary>The time that a statement has, and the token that ends it when the time is up or its user has enough.</summary>
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

    /// <summary>True when time ran out, false when the user stopped it.</summary>
    public bool IsExpired => _time.IsCancellationRequested && !_user.IsCancellationRequested;

    /// <summary>What to say when the time is up.</summary>
    public SqlLimitException CreateTimeoutException(Exception cause) => new(
        string.Create(
            CultureInfo.InvariantCulture,
            $"stopped after {Timeout.TotalSeconds:0.###} s: the query takes longer than its time limit; raise --timeout or narrow the query."),
        cause);

    public void Dispose() => _time.Dispose();
}
