namespace CineLedger.Storage.Keys;

/// <summary>
/// Where a ledger's keys are kept: a table in its PostgreSQL database, a file beside its DuckDB file, which a server may hold meanwhile.
/// They are no part of the ledger's snapshots, and are not copied with it. See docs/decisions/0020-keys-are-beside-the-ledger.md.
/// </summary>
public abstract class KeyStore
{
    /// <summary>All keys ever made, the oldest first, those that were revoked too.</summary>
    public abstract Task<IReadOnlyList<AccessKey>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Makes what keys are kept in, where that takes rights that not everybody has who makes keys.</summary>
    public virtual Task PrepareAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public abstract Task AddAsync(AccessKey key, CancellationToken cancellationToken);

    /// <summary>Makes a key good for nothing from now on. False where there is none of that id that is still good.</summary>
    public abstract Task<bool> RevokeAsync(string id, DateTime now, CancellationToken cancellationToken);
}
