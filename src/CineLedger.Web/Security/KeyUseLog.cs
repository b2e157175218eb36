using System.Collections.Concurrent;
using System.Data.Common;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.Keys;
using Microsoft.Extensions.Logging;

namespace CineLedger.Web.Security;

/// <summary>
/// Records in the ledger when a key was last used: at most once an hour per key, and in the background, so that it costs no request anything. A read-only
/// server records nothing.
/// </summary>
internal sealed class KeyUseLog(LedgerPool pool, WebOptions options, TimeProvider time, ILogger<KeyUseLog> logger) : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, DateTime> _recorded = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>The writes in progress.</summary>
    private Task _writing = Task.CompletedTask;

    public void Record(AccessKey key)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var last = _recorded.GetOrAdd(key.Id, static (_, stored) => stored ?? DateTime.MinValue, key.LastUsedAt);
        if (!pool.IsReadOnly && now - last >= Interval && _recorded.TryUpdate(key.Id, now, last))
        {
            lock (_lock)
            {
                _writing = Task.WhenAll(_writing, Task.Run(() => WriteAsync(key.Id, now)));
            }
        }
    }

    /// <summary>Waits for the writes in progress, so that a server that has stopped no longer changes the keys.</summary>
    public async ValueTask DisposeAsync()
    {
        Task writing;
        lock (_lock)
        {
            writing = _writing;
        }

        await writing;
    }

    private async Task WriteAsync(string id, DateTime now)
    {
        try
        {
            await StoreEngine.Get(options.Store).CreateKeyStore(options.Store).RecordUseAsync(id, now, CancellationToken.None);
        }
        catch (Exception error) when (error is LedgerException or DbException or IOException or UnauthorizedAccessException)
        {
            // The role or user may only read. The next attempt is in an hour.
            logger.KeyUseNotRecorded(id, error.Message);
        }
    }
}
