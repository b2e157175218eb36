using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using CineLedger.Model;
using CineLedger.Storage.Reading;
using CineLedger.Storage.Schema;
using CineLedger.Storage.Snapshots;
using CineLedger.Storage.Studios;

namespace CineLedger.Storage.Writing;

/// <summary>
/// A running load. Rows are written directly to the ledger's tables under the number of an unpublished snapshot, so readers do not see them. First
/// all rows are written, movies in one transaction and their links in another, so that two cores share the work. A last, small transaction ends
/// replaced rows and publishes the snapshot. An interrupted load leaves only rows that the next load deletes.
/// </summary>
public sealed partial class LedgerLoad : IAsyncDisposable
{
    /// <summary>The number of companies that one statement renames.</summary>
    private const int MaxRenamed = 500;

    private readonly Ledger _ledger;
    private readonly DbConnection _connection;
    private readonly DbConnection _linkConnection;
    private readonly DbConnection _relatedConnection;
    private DbTransaction _transaction;
    private DbTransaction? _linkTransaction;
    private DbTransaction? _relatedTransaction;
    private MovieWriter _movies;
    private RelatedWriter _links;
    private RelatedWriter _related;
    private FindingWriter _findings;
    private bool _isFinished;

    private LedgerLoad(Ledger ledger, DbConnection linkConnection, DbConnection relatedConnection, DbTransaction transaction, NameTables names, int snapshotId)
    {
        _ledger = ledger;
        _connection = ledger.Connection;
        _transaction = transaction;
        _linkConnection = linkConnection;
        _relatedConnection = relatedConnection;
        Names = names;
        SnapshotId = snapshotId;
        OpenWriters(linkConnection, relatedConnection);
    }

    /// <summary>The number of the snapshot that this load will publish.</summary>
    public int SnapshotId { get; }

    internal NameTables Names { get; }

    /// <summary>The credits and keywords that this load writes.</summary>
    internal RelatedCounts Counts { get; } = new(new(), new(), new());

    [MemberNotNull(nameof(_movies), nameof(_links), nameof(_related), nameof(_findings))]
    private void OpenWriters(DbConnection linkConnection, DbConnection relatedConnection)
    {
        _movies = new MovieWriter(_ledger.OpenWriter(_connection, "movie"), SnapshotId);
        _links = new RelatedWriter(table => _ledger.OpenWriter(linkConnection, table), Names, SnapshotId);
        _related = new RelatedWriter(table => _ledger.OpenWriter(relatedConnection, table), Names, SnapshotId, Counts);
        _findings = new FindingWriter(_ledger.OpenWriter(_connection, "finding"), SnapshotId);
    }

    /// <param name="ledger">Open for writing.</param>
    /// <param name="linkConnection">A second connection to the same ledger, for links. The load disposes it.</param>
    /// <param name="relatedConnection">A third connection, for ratings, people and keywords, or the second one. The load disposes it.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    internal static async Task<LedgerLoad> BeginAsync(
        Ledger ledger, DbConnection linkConnection, DbConnection relatedConnection, CancellationToken cancellationToken)
    {
        var connection = ledger.Connection;
        var last = await UnpublishedSnapshots.ClearAsync(connection, cancellationToken).ConfigureAwait(false);
        await UnpublishedSnapshots.BeginAsync(connection, last + 1, cancellationToken).ConfigureAwait(false);
        var names = await NameTables.LoadAsync(connection, cancellationToken).ConfigureAwait(false);
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        return new LedgerLoad(ledger, linkConnection, relatedConnection, transaction, names, last + 1)
        {
            _linkTransaction = await linkConnection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false),
            _relatedTransaction = relatedConnection == linkConnection ? null : await relatedConnection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false),
        };
    }

    /// <summary>The names under which the ledger listed companies before this load.</summary>
    internal HashSet<string> CompanyNames => Names.CompanyNames;

    /// <summary>
    /// Passes every movie that the ledger holds to <paramref name="add"/>, with its content hash. A movie that must be written again, because its companies
    /// have other numbers now, gets a hash that no content has.
    /// </summary>
    public Task ReadKnownAsync(Action<long, long> add, CancellationToken cancellationToken) =>
        _connection.ReadEachAsync(
            "SELECT movie_id, content_hash FROM movie WHERE until IS NULL",
            row => add(row.GetInt64(0), Names.MoviesWithOldNumbers.Contains(row.GetInt64(0)) ? ~row.GetInt64(1) : row.GetInt64(1)),
            cancellationToken);

    /// <summary>
    /// Lists new companies under the given spellings instead of those that were written first. Call it right after <see cref="CommitRowsAsync"/>, because Citus
    /// requires writes to reference tables before writes to distributed tables.
    /// </summary>
    internal async Task RenameCompaniesAsync(IEnumerable<string> names, CancellationToken cancellationToken)
    {
        foreach (var chunk in names.Chunk(MaxRenamed))
        {
            var numbers = chunk.Select(name => Names.Companies.FindNumber(name).ToString(CultureInfo.InvariantCulture)).ToList();
            var cases = string.Join(' ', numbers.Select((number, at) => string.Create(CultureInfo.InvariantCulture, $"WHEN {number} THEN ${at + 1}")));
            await _connection.ExecuteAsync(
                $"UPDATE company SET name = CASE company_id {cases} END WHERE company_id IN ({string.Join(", ", numbers)})", cancellationToken, [.. chunk]).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Deletes the rows that this load has written for the given movies. Returns the movies as this load wrote them or, if it did not, as the ledger
    /// holds them. Call it after <see cref="CommitRowsAsync"/>.
    /// </summary>
    public async Task<IReadOnlyList<Movie>> DeleteWrittenAsync(IReadOnlyCollection<long> movieIds, CancellationToken cancellationToken)
    {
        if (movieIds.Count == 0)
        {
            return [];
        }

        var idFilter = await IdFilter.WriteAsync(_ledger, movieIds, cancellationToken).ConfigureAwait(false);
        var versions = await MovieRows.ReadAsync(_connection, $"m.until IS NULL AND m.movie_id IN ({idFilter})", cancellationToken)
            .ConfigureAwait(false);
        foreach (var table in (string[])["movie", .. RelatedWriter.LinkTables])
        {
            await DeleteWrittenAsync(table, idFilter, cancellationToken).ConfigureAwait(false);
        }

        // The last row of each movie is its newest version: the one that this load wrote, if any.
        return [.. versions.GroupBy(version => version.Movie.Id).Select(group => group.Last().Movie)];
    }

    /// <summary>Ends the rows that this load replaces or no longer has.</summary>
    /// <param name="table"><c>movie</c>, or one of <see cref="RelatedTables.All"/>.</param>
    /// <param name="movieIds">The movies. Those without such rows are ignored.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task CloseAsync(string table, IReadOnlyCollection<long> movieIds, CancellationToken cancellationToken)
    {
        if (movieIds.Count > 0)
        {
            var idFilter = await IdFilter.WriteAsync(_ledger, movieIds, cancellationToken).ConfigureAwait(false);
            await _connection.ExecuteAsync(
                $"UPDATE {table} SET until = $1 WHERE until IS NULL AND since < $1 AND movie_id IN ({idFilter})", cancellationToken, SnapshotId)
                .ConfigureAwait(false);
        }
    }

    /// <summary>Makes the whole snapshot visible atomically.</summary>
    /// <param name="snapshot">The snapshot, with the counts of <see cref="CountAsync"/>.</param>
    /// <param name="partial">True for a merge or if files were left out: the snapshot then does not hold its source's version completely.</param>
    /// <param name="files">Names of the files that were read.</param>
    /// <param name="sources">The original files that contain them.</param>
    /// <param name="studios">A valid list of studios that replaces the ledger's; null to keep it.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task PublishAsync(
        Snapshot snapshot, bool partial, string files, IReadOnlyList<SnapshotSource> sources, IReadOnlyList<StudioLine>? studios, CancellationToken cancellationToken)
    {
        await _related.FlushAsync(cancellationToken).ConfigureAwait(false);
        await _links.FlushAsync(cancellationToken).ConfigureAwait(false);
        await FlushFindingsAsync(cancellationToken).ConfigureAwait(false);
        await StudioRows.UpdateAsync(_ledger, studios, snapshot.Id, hasNewCompanies: snapshot.Added + snapshot.Changed > 0, cancellationToken).ConfigureAwait(false);
        await SnapshotRows.InsertAsync(_connection, snapshot, partial, files, cancellationToken).ConfigureAwait(false);
        if (!partial)
        {
            await TotalRows.WriteAsync(_ledger, snapshot, cancellationToken).ConfigureAwait(false);
        }

        await SnapshotSourceRows.InsertAsync(_connection, snapshot.Id, sources, cancellationToken).ConfigureAwait(false);
        await SnapshotRows.RecordVersionAsync(_connection, partial ? snapshot with { SourceVersion = null } : snapshot, cancellationToken)
            .ConfigureAwait(false);
        await UnpublishedSnapshots.EndAsync(_connection, cancellationToken).ConfigureAwait(false);
        await _ledger.AnnounceAsync(snapshot.Id, cancellationToken).ConfigureAwait(false);
        await EndAsync(commit: true, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Returns the number of movies after this load, and how many of them are undated.</summary>
    public async Task<(long Movies, long Undated)> CountAsync(CancellationToken cancellationToken)
    {
        await _movies.FlushAsync(cancellationToken).ConfigureAwait(false);
        await _links.FlushAsync(cancellationToken).ConfigureAwait(false);
        var rows = await _connection.QueryAsync(
            "SELECT COUNT(*), COUNT(*) - COUNT(release_year) FROM movie WHERE until IS NULL",
            row => (row.GetInt64(0), row.GetInt64(1)),
            cancellationToken).ConfigureAwait(false);
        return rows[0];
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync(commit: false, CancellationToken.None).ConfigureAwait(false);
        await _transaction.DisposeAsync().ConfigureAwait(false);
        await _linkConnection.DisposeAsync().ConfigureAwait(false);
        if (HasRelatedConnection)
        {
            await _relatedConnection.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task EndAsync(bool commit, CancellationToken cancellationToken)
    {
        if (_isFinished)
        {
            return;
        }

        _isFinished = true;

        // The cause of a failure is already known, or the load is abandoned.
        await CancelQueuesAsync().ConfigureAwait(false);
        await _moviesCompletion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _movies.Dispose();
        _links.Dispose();
        _related.Dispose();
        _findings.Dispose();
        if (commit)
        {
            await _ledger.CommitAsync(_transaction, cancellationToken).ConfigureAwait(false);
            return;
        }

        await RollBackAsync(_transaction, cancellationToken).ConfigureAwait(false);
        foreach (var transaction in (DbTransaction?[])[_linkTransaction, _relatedTransaction])
        {
            if (transaction is not null)
            {
                await RollBackAsync(transaction, cancellationToken).ConfigureAwait(false);
                await transaction.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private static async Task RollBackAsync(DbTransaction transaction, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < 2; attempt++)
        {
            try
            {
                await transaction.RollbackAsync(cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (Exception error) when (error is DbException or InvalidOperationException or IOException or ObjectDisposedException)
            {
                // After a failed write the engine may have ended the transaction itself. The first error is the one to report. A late cancellation of an earlier statement
                // may interrupt the rollback, which then is repeated.
            }
        }
    }
}
