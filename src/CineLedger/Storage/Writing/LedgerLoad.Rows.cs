using System.Data.Common;
using CineLedger.Model;

namespace CineLedger.Storage.Writing;

/// <summary>
/// Writes and commits the rows of a load, on up to three connections at once: movies, their links, and related data.
/// </summary>
public sealed partial class LedgerLoad
{
    /// <summary>
    /// The number of batches, of some hundred movies each, that may wait for each writer: as many as two cores clean while DuckDB writes a row group.
    /// </summary>
    private const int QueueLength = 8;

    /// <summary>Findings since movies were last written. They are written with the next movies or at the end.</summary>
    private List<Finding> _newFindings = [];
    private WriteQueue<MovieBatch>? _movieQueue;
    private WriteQueue<IReadOnlyList<(Movie Movie, long Hash)>>? _linkQueue;

    /// <summary>The background completion of movies while other files are read; a completed task before it starts.</summary>
    private Task _moviesCompletion = Task.CompletedTask;
    private bool _hasMovies;
    private bool _areMoviesComplete;

    /// <summary>Whether the engine writes related data on a separate connection and creates indexes within the transactions.</summary>
    private bool HasRelatedConnection => _relatedConnection != _linkConnection;

    public void Add(Finding finding) => _newFindings.Add(finding);

    /// <summary>
    /// Queues new and changed movies, with their content hashes. They and their links are written in the background. If an earlier write has failed,
    /// throws that exception.
    /// </summary>
    public async Task WriteAsync(IReadOnlyList<(Movie Movie, long Hash)> movies, CancellationToken cancellationToken)
    {
        if (_areMoviesComplete)
        {
            // At the end of a load there are few, which are written on one connection.
            await WriteLinksAsync(movies, cancellationToken).ConfigureAwait(false);
            await WriteMoviesAsync(new(movies, []), cancellationToken).ConfigureAwait(false);
            return;
        }

        if (movies.Count == 0 && _newFindings.Count == 0)
        {
            return;
        }

        _hasMovies |= movies.Count > 0;
        _movieQueue ??= new(WriteMoviesAsync, QueueLength, cancellationToken);
        _linkQueue ??= new(WriteLinksAsync, QueueLength, cancellationToken);
        var findings = _newFindings;
        _newFindings = [];
        await _movieQueue.AddAsync(new(movies, findings), cancellationToken).ConfigureAwait(false);
        await _linkQueue.AddAsync(movies, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Completes the movies file. If the engine supports it, the last rows and the indexes are written in the background while other files are read.
    /// </summary>
    internal async Task CompleteMoviesAsync(CancellationToken cancellationToken)
    {
        if (_areMoviesComplete)
        {
            return;
        }

        _areMoviesComplete = true;
        var (movies, links) = (_movieQueue, _linkQueue);
        if (movies is null || links is null)
        {
            return;
        }

        _moviesCompletion = Task.WhenAll(
            Task.Run(() => EndAsync(movies.CompleteAsync(), _movies.FlushAsync, _connection, TableGroup.Movies), CancellationToken.None),
            Task.Run(() => EndAsync(links.CompleteAsync(), _links.FlushAsync, _linkConnection, TableGroup.Links), CancellationToken.None));
        if (!HasRelatedConnection)
        {
            await _moviesCompletion.ConfigureAwait(false);
        }

        async Task EndAsync(Task onWritten, Func<CancellationToken, ValueTask> flush, DbConnection connection, TableGroup tables)
        {
            await onWritten.ConfigureAwait(false);
            if (HasRelatedConnection && _hasMovies)
            {
                await CompleteAsync(flush, connection, tables, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>
    /// Commits the first transactions, which hold all rows; later ones are small. Deleting rows within the first transactions would make DuckDB write
    /// all of them a second time.
    /// </summary>
    public async Task CommitRowsAsync(CancellationToken cancellationToken)
    {
        var linkTransaction = _linkTransaction ?? throw new InvalidOperationException("the rows are committed already");
        await CompleteMoviesAsync(cancellationToken).ConfigureAwait(false);

        // All are started and awaited in any case, because a failure of one must wait for the others.
        await Task.WhenAll(
            Task.Run(() => CommitMoviesAsync(cancellationToken), CancellationToken.None),
            Task.Run(() => CommitLinksAsync(linkTransaction, cancellationToken), CancellationToken.None),
            Task.Run(() => CommitRelatedAsync(cancellationToken), CancellationToken.None)).ConfigureAwait(false);

        await linkTransaction.DisposeAsync().ConfigureAwait(false);
        await _transaction.DisposeAsync().ConfigureAwait(false);
        _linkTransaction = null;
        if (!HasRelatedConnection)
        {
            await _ledger.CompleteAllAsync(cancellationToken).ConfigureAwait(false);
        }

        _transaction = await _connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        OpenWriters(_connection, _connection);
    }

    private async Task CommitMoviesAsync(CancellationToken cancellationToken)
    {
        await _moviesCompletion.ConfigureAwait(false);
        await _movies.FlushAsync(cancellationToken).ConfigureAwait(false);
        await FlushFindingsAsync(cancellationToken).ConfigureAwait(false);
        _movies.Dispose();
        _findings.Dispose();
        await _ledger.CommitAsync(_transaction, cancellationToken).ConfigureAwait(false);
    }

    private async Task CommitLinksAsync(DbTransaction transaction, CancellationToken cancellationToken)
    {
        await _moviesCompletion.ConfigureAwait(false);
        await _links.FlushAsync(cancellationToken).ConfigureAwait(false);
        _links.Dispose();
        if (!HasRelatedConnection)
        {
            await _related.FlushAsync(cancellationToken).ConfigureAwait(false);
            _related.Dispose();
        }

        await _ledger.CommitAsync(transaction, cancellationToken).ConfigureAwait(false);
    }

    private async Task CommitRelatedAsync(CancellationToken cancellationToken)
    {
        if (_relatedTransaction is not null)
        {
            await CompleteAsync(_related.FlushAsync, _relatedConnection, TableGroup.Related, cancellationToken).ConfigureAwait(false);
            _related.Dispose();
            await _ledger.CommitAsync(_relatedTransaction, cancellationToken).ConfigureAwait(false);
            await _relatedTransaction.DisposeAsync().ConfigureAwait(false);
            _relatedTransaction = null;
        }
    }

    private async ValueTask WriteMoviesAsync(MovieBatch batch, CancellationToken cancellationToken)
    {
        foreach (var (movie, hash) in batch.Movies)
        {
            _movies.Add(movie, hash);
        }

        batch.Findings.ForEach(_findings.Add);
        await _movies.FlushIfFullAsync(cancellationToken).ConfigureAwait(false);
        await _findings.FlushIfFullAsync(cancellationToken).ConfigureAwait(false);
    }

    private ValueTask WriteLinksAsync(IReadOnlyList<(Movie Movie, long Hash)> movies, CancellationToken cancellationToken)
    {
        foreach (var (movie, _) in movies)
        {
            _links.Add(movie);
        }

        return _links.FlushIfFullAsync(cancellationToken);
    }

    private ValueTask FlushFindingsAsync(CancellationToken cancellationToken)
    {
        _newFindings.ForEach(_findings.Add);
        _newFindings.Clear();
        return _findings.FlushAsync(cancellationToken);
    }

    private Task CancelQueuesAsync() =>
        Task.WhenAll(_movieQueue?.CancelAsync() ?? Task.CompletedTask, _linkQueue?.CancelAsync() ?? Task.CompletedTask);

    private async Task CompleteAsync(
        Func<CancellationToken, ValueTask> flush, DbConnection connection, TableGroup tables, CancellationToken cancellationToken)
    {
        await flush(cancellationToken).ConfigureAwait(false);
        await _ledger.CompleteAsync(connection, tables, cancellationToken).ConfigureAwait(false);
    }
}

/// <summary>
/// Movies to be written, and the findings since the previous batch. A class rather than a struct: generic queue code over own value types is
/// JIT-compiled at every start.
/// </summary>
internal sealed record MovieBatch(IReadOnlyList<(Movie Movie, long Hash)> Movies, List<Finding> Findings);

/// <summary>Tables of the ledger that a load fills on one connection.</summary>
internal enum TableGroup
{
    Movies,

    /// <summary>Links of movies, and the names to which they refer.</summary>
    Links,

    /// <summary>Ratings, people and keywords.</summary>
    Related,
}
