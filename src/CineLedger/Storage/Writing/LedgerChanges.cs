using System.Data.Common;
using CineLedger.Model;
using CineLedger.Storage.Reading;
using CineLedger.Storage.Schema;
using CineLedger.Storage.Snapshots;
using CineLedger.Storage.Studios;

namespace CineLedger.Storage.Writing;

/// <summary>
/// A transaction that changes single movies. It publishes one snapshot, or only records how far a stream was read. It reads only the movies that it
/// changes, so that its cost depends on the changes and not on the size of the ledger. For many movies at once, use <see cref="LedgerLoad"/>.
/// </summary>
internal sealed class LedgerChanges : IAsyncDisposable
{
    private readonly Ledger _ledger;
    private DbTransaction _transaction;
    private bool _hasNewCompanies;

    private LedgerChanges(Ledger ledger, DbTransaction transaction, Snapshot? before) => (_ledger, _transaction, Before) = (ledger, transaction, before);

    /// <summary>The newest snapshot; null if the ledger has none.</summary>
    public Snapshot? Before { get; }

    /// <summary>The number of the snapshot that publishing would create.</summary>
    public int SnapshotId => (Before?.Id ?? 0) + 1;

    /// <summary>The transaction's connection, for other statements that belong to it.</summary>
    public DbConnection Connection => _ledger.Connection;

    /// <param name="ledger">Open for writing.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public static async Task<LedgerChanges> BeginAsync(Ledger ledger, CancellationToken cancellationToken)
    {
        await UnpublishedSnapshots.ClearAsync(ledger.Connection, cancellationToken).ConfigureAwait(false);
        var before = await SnapshotRows.FindLatestAsync(ledger.Connection, cancellationToken).ConfigureAwait(false);
        if (before is null)
        {
            // No load has created the indexes on movies and names yet.
            await ledger.CreateIndexesAsync(cancellationToken).ConfigureAwait(false);
        }

        return new LedgerChanges(ledger, await ledger.Connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false), before);
    }

    /// <summary>Returns those of the given movies that the ledger holds: their content hashes, and whether they lack a release date.</summary>
    public async Task<Dictionary<long, (long Hash, bool Undated)>> ReadKnownAsync(IReadOnlyCollection<long> movieIds, CancellationToken cancellationToken)
    {
        var known = new Dictionary<long, (long, bool)>();
        if (movieIds.Count > 0)
        {
            var idFilter = await IdFilter.WriteAsync(_ledger, movieIds, cancellationToken).ConfigureAwait(false);
            await Connection.ReadEachAsync(
                $"SELECT movie_id, content_hash, release_year IS NULL FROM movie WHERE until IS NULL AND movie_id IN ({idFilter})",
                row => known[row.GetInt64(0)] = (row.GetInt64(1), row.GetBoolean(2)),
                cancellationToken).ConfigureAwait(false);
        }

        return known;
    }

    /// <summary>Writes new and changed movies, ends the versions that they replace and the removed movies, and stores the findings.</summary>
    /// <param name="movies">New and changed movies with their content hashes.</param>
    /// <param name="replaced">Movies that the ledger holds in another version.</param>
    /// <param name="removed">Movies that the ledger holds and that are to be removed.</param>
    /// <param name="getNewNames">Returns the names of new companies that are not those of their first movies, given the names that the ledger lists.</param>
    /// <param name="createFindings">Creates the findings, given the names of companies that the ledger lists.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task WriteAsync(
        IReadOnlyList<(Movie Movie, long Hash)> movies,
        IReadOnlyCollection<long> replaced,
        IReadOnlyCollection<long> removed,
        Func<HashSet<string>, IReadOnlyList<string>> getNewNames,
        Func<HashSet<string>, IEnumerable<Finding>> createFindings,
        CancellationToken cancellationToken)
    {
        if (_ledger.PublishesSeparately)
        {
            // Committed before the rows, so that it remains even if they fail.
            await UnpublishedSnapshots.BeginAsync(Connection, SnapshotId, cancellationToken).ConfigureAwait(false);
            await CommitAndBeginAsync(cancellationToken).ConfigureAwait(false);
        }

        var names = await NameTables.LoadForAsync(Connection, movies, cancellationToken).ConfigureAwait(false);
        using (var links = new RelatedWriter(table => _ledger.OpenWriter(Connection, table), names, SnapshotId))
        using (var rows = new MovieWriter(_ledger.OpenWriter(Connection, "movie"), SnapshotId))
        using (var found = new FindingWriter(_ledger.OpenWriter(Connection, "finding"), SnapshotId))
        {
            foreach (var name in getNewNames(names.CompanyNames))
            {
                links.AddCompany(name);
            }

            foreach (var (movie, hash) in movies)
            {
                links.Add(movie);
                rows.Add(movie, hash);
            }

            foreach (var finding in createFindings(names.CompanyNames))
            {
                found.Add(finding);
            }

            _hasNewCompanies |= names.Companies.HasNew;

            // Names before the rows that refer to them.
            await links.FlushAsync(cancellationToken).ConfigureAwait(false);
            await rows.FlushAsync(cancellationToken).ConfigureAwait(false);
            await found.FlushAsync(cancellationToken).ConfigureAwait(false);
        }

        if (_ledger.PublishesSeparately)
        {
            await CommitAndBeginAsync(cancellationToken).ConfigureAwait(false);
        }

        await CloseAsync("movie", [.. replaced, .. removed], cancellationToken).ConfigureAwait(false);
        foreach (var table in RelatedTables.All)
        {
            await CloseAsync(table, removed, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Inserts the snapshot. Readers see it and its rows after <see cref="CommitAsync"/>.</summary>
    /// <param name="snapshot">The snapshot to publish.</param>
    /// <param name="keepsRatings">Whether it has the same ratings as the previous snapshot.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task PublishAsync(Snapshot snapshot, bool keepsRatings, CancellationToken cancellationToken)
    {
        await StudioRows.UpdateAsync(_ledger, lines: null, snapshot.Id, _hasNewCompanies, cancellationToken).ConfigureAwait(false);
        await SnapshotRows.InsertAsync(Connection, snapshot, merged: true, files: null, cancellationToken, ratingsOf: keepsRatings ? Before?.Id : null).ConfigureAwait(false);
        await UnpublishedSnapshots.EndAsync(Connection, cancellationToken).ConfigureAwait(false);
        await _ledger.AnnounceAsync(snapshot.Id, cancellationToken).ConfigureAwait(false);
    }

    public Task CommitAsync(CancellationToken cancellationToken) => _ledger.CommitAsync(_transaction, cancellationToken);

    /// <summary>Rolls back uncommitted changes.</summary>
    public ValueTask DisposeAsync() => _transaction.DisposeAsync();

    private async Task CommitAndBeginAsync(CancellationToken cancellationToken)
    {
        await _ledger.CommitAsync(_transaction, cancellationToken).ConfigureAwait(false);
        await _transaction.DisposeAsync().ConfigureAwait(false);
        _transaction = await Connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task CloseAsync(string table, IReadOnlyCollection<long> movieIds, CancellationToken cancellationToken)
    {
        if (movieIds.Count > 0)
        {
            var idFilter = await IdFilter.WriteAsync(_ledger, movieIds, cancellationToken).ConfigureAwait(false);
            await Connection.ExecuteAsync(
                $"UPDATE {table} SET until = $1 WHERE until IS NULL AND since < $1 AND movie_id IN ({idFilter})", cancellationToken, SnapshotId).ConfigureAwait(false);
        }
    }
}
