using System.Collections.Frozen;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.Keys;
using CineLedger.Web.Errors;
using Microsoft.Extensions.Logging;

namespace CineLedger.Web.Security;

/// <summary>The valid keys, at most two seconds old, so that created and revoked keys take effect on every node within that time.</summary>
internal sealed class KeyRing(LedgerPool pool, WebOptions options, TimeProvider time, ILogger<KeyRing> logger) : IDisposable
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(2);

    /// <summary>An unknown key may have been created just now, but wrong keys must not cause a query of the store on each request.</summary>
    private static readonly TimeSpan MaxAgeForUnknownKey = TimeSpan.FromSeconds(0.2);

    private readonly SemaphoreSlim _readLock = new(1);
    private volatile KeySet? _keys;

    /// <summary>
    /// Returns the caller with this key, or null when the key is not valid. Throws <see cref="ProblemException"/> when the keys cannot be read:
    /// an outdated list of keys must not grant access.
    /// </summary>
    public ValueTask<ApiCaller?> FindAsync(string text, CancellationToken cancellationToken) =>
        TryFindCached(text, out var caller) ? ValueTask.FromResult(caller) : ReadAndFindAsync(text, cancellationToken);

    public void Dispose() => _readLock.Dispose();

    /// <summary>Returns false when the keys have to be read again first.</summary>
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
                if (caller is null && await pool.ReadKeysFromPrimaryAsync(cancellationToken) is { } keys)
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
    /// The callers by the hashes of their keys. The time of a lookup depends on the hash of the text sent; to learn a stored hash from it, one would
    /// have to invert SHA-256.
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
