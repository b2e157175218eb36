using System.Data.Common;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Web.Errors;

namespace CineLedger.Web.Health;

/// <summary>
/// Checks whether the ledger can be read. It does not wait for queries, and requests at the same time share one check, so it can be public without a limit.
/// </summary>
internal sealed class ReadinessCheck(LedgerPool pool)
{
    /// <summary>Shorter than the time that load balancers and Kubernetes wait for an answer.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private Task<Snapshot?> _check = Task.FromResult<Snapshot?>(null);

    /// <summary>Returns the newest readable snapshot; null when there is none yet.</summary>
    public async Task<Snapshot?> RunAsync(CancellationToken cancellationToken)
    {
        Task<Snapshot?> check;
        lock (_lock)
        {
            check = _check = _check.IsCompleted ? Task.Run(CheckAsync, CancellationToken.None) : _check;
        }

        try
        {
            return await check.WaitAsync(Limit, cancellationToken);
        }
        catch (Exception error) when (error is TimeoutException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw Problems.StoreTooSlow((int)Limit.TotalSeconds);
        }
    }

    private async Task<Snapshot?> CheckAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            return await pool.CheckReadableAsync(limit.Token);
        }
        catch (DbException error) when (StoreEngine.Explain(error) is QueryMemoryException)
        {
            // Queries use all of the memory at the moment. That does not make the server unable to serve.
            return pool.Newest;
        }
    }
}
