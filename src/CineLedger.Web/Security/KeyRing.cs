using System.Collections.Frozen;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.Keys;
using CineLedger.Web.Errors;
using Microsoft.Extensions.Logging;

namespace CineLedger.Web.Security;

/// <summary>The keys that are good, as they were at most two seconds ago: one that is made or revoked is so on every node by then.</summary>
internal sealed class KeyRing(LedgerPool pool, WebOptions options, TimeProvider time, ILogger<KeyRing> logger) : IDisposable
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(2);

    /// <summary>A key that is not known may have been made just now; but whoever sends wrong ones must not have the store asked each time.</summary>
    private static readonly TimeSpan MaxAgeForUnknownKey = TimeSpan.FromSeconds(0.2);

    private readonly SemaphoreSlim _readLock = new(1);
    private volatile KeySet? _keys;

    /// <summary>
    /// Who comes with a key; null where it is no good one. Throws <see cref="ProblemException"/> where the keys cannot be read: nobody is let
    /// in by what was good some time ago.
    /// </summary>
    public ValueTask<ApiCaller?> FindAsync(string text, CancellationToken cancellationToken) =>
        TryFindCached(text, out var caller) ? ValueTask.FromResult(caller) : ReadAndFindAsync(text, cancellationToken);

    public void Dispose() => _readLock.Dispose();

    /// <summary>False where the keys have to be read anew first.</summary>
    private bool TryFindCached(string text, out ApiCaller? caller)
    {
        caller = null;
        if (_keys is not { } ring || time.GetElapsedTime(ring.ReadAt) is var age && age >= MaxAge)
        {
            return false;
        }

        caller = ring.Find(text);
        return caller is not null || age < MaxAgeForUnknownKey;
    }

    private async ValueTask<ApiCaller?> ReadAndFindAsync(string text, CancellationToken cancellationToken)
    {
        await _readLock.WaitAsync(cancellationToken);
        try
        {
            if (!TryFindCached(text, out var caller))
            {
                var ring = await ReadAsync(cancellationToken);
                caller = ring.Find(text);
                if (caller is null && await pool.ReadKeysOfPrimaryAsync(cancellationToken) is { } keys)
                {
                    ring = CreateKeySet(keys, ring.ReadAt);
                    caller = ring.Find(text);
                }

                _keys = ring;
            }

            return caller;
        }
        finally
        {
            _readLock.Release();
        }
    }

    private KeySet CreateKeySet(IReadOnlyList<AccessKey> keys, long readAt) => new(
        readAt, keys.Where(key => key.RevokedAt is null).ToFrozenDictionary(key => key.Hash, key => ApiCaller.FromKey(key, options.IsPublic), StringComparer.Ordinal));

    private async Task<KeySet> ReadAsync(CancellationToken cancellationToken)
    {
        var now = time.GetTimestamp();
        try
        {
            var keys = await pool.ReadKeysAsync(cancellationToken);
            return CreateKeySet(keys, now);
        }
        catch (Exception error) when (error is LedgerException or System.Data.Common.DbException)
        {
            logger.KeysUnreadable(error.Message);
            throw Problems.KeysUnavailable();
        }
    }

    /// <summary>
    /// By their hashes: how long a look takes tells of the hash of what was sent, and nothing of the hashes that there are could be made
    /// from that without turning SHA-256 around.
    /// </summary>
    private sealed class KeySet(long readAt, FrozenDictionary<string, ApiCaller> callers)
    {
        public long ReadAt { get; } = readAt;

        public ApiCaller? Find(string text)
        {
            var hash = AccessKey.ComputeHash(text);
            return callers.TryGetValue(hash, out var caller) && IsSame(caller.Key!.Hash, hash) ? caller : null;
        }

        private static bool IsSame(string one, string other) => System.Security.Cryptography.CryptographicOperations.FixedTimeEquals(
            System.Runtime.InteropServices.MemoryMarshal.AsBytes(one.AsSpan()), System.Runtime.InteropServices.MemoryMarshal.AsBytes(other.AsSpan()));
    }
}
