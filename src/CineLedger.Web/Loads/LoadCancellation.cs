using System.Data.Common;
using CineLedger.Loading;

namespace CineLedger.Web.Loads;

/// <summary>Cancels one load: when the server stops, or when a caller requests it.</summary>
/// <param name="id">The ID of the load.</param>
/// <param name="serverStop">Canceled when the server stops.</param>
internal sealed class LoadCancellation(string id, CancellationToken serverStop) : IDisposable
{
    private readonly CancellationTokenSource _source = CancellationTokenSource.CreateLinkedTokenSource(serverStop);
    private volatile string? _caller;

    public string Id => id;

    /// <summary>Requests the cancellation. The load ends soon after, unless it has just been published.</summary>
    /// <param name="caller">The name of the caller's key.</param>
    public void Cancel(string caller)
    {
        _caller ??= caller;
        _ = _source.CancelAsync();
    }

    /// <summary>Runs a part of the load. If a caller cancels it, the exception names the caller.</summary>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> part)
    {
        try
        {
            return await part(_source.Token);
        }
        catch (Exception error) when (error is OperationCanceledException or DbException && _caller is { } caller)
        {
            // An interrupted statement fails with the exception of its engine.
            throw new LoadCanceledException(caller, error);
        }
    }

    public void Dispose() => _source.Dispose();
}
