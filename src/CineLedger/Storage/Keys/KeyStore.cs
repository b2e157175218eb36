namespace CineLedger.Storage.Keys;

/// <summary>
/// Stores a ledger's keys: in a table of its PostgreSQL database, or in a file beside its DuckDB file, which may be locked by a server.
/// Keys are not part of the ledger's snapshots and are not copied with it. See docs/decisions/0020-keys-are-beside-the-ledger.md.
/// </summary>
public abstract class KeyStore
{
    /// <summary>Returns all keys, including revoked ones, oldest first.</summary>
    public abstract Task<IReadOnlyList<AccessKey>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Creates the storage if that needs more rights than creating keys.</summary>
    public virtual Task PrepareAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public abstract Task AddAsync(AccessKey key, CancellationToken cancellationToken);

    /// <summary>Revokes a key. Returns false if there is no valid key with that ID.</summary>
    public abstract Task<bool> RevokeAsync(string id, DateTime now, CancellationToken cancellationToken);

    /// <summary>Records that a valid key was used. Does nothing where the storage cannot hold it yet.</summary>
    public abstract Task RecordUseAsync(string id, DateTime now, CancellationToken cancellationToken);
}
