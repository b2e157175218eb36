using System.Data.Common;
using CineLedger.Model;

namespace CineLedger.Storage.Writing;

/// <summary>
/// How the rows of a load come to their end, on up to three connections at once: films, their links, and what other files say of them.
/// </summary>
public sealed partial class LedgerLoad
{
    /// <summary>
    /// Batches of some hundred films that may wait for each writer: what two cores clean while DuckDB writes a row group on one.
    /// </summary>
    private const int WaitingBatches = 8;

    /// <summary>Found since films were last written; they go with the next films, or at the end.</summary>
    private List<Finding> _newFindings = [];
    private WriteQueue<FilmBatch>? _filmQueue;
    private WriteQueue<IReadOnlyList<(Movie Movie, long Hash)>>? _linkQueue;

    /// <summary>The films' end, while other files are still read; done where it has not begun.</summary>
    private Task _filmsEnd = Task.CompletedTask;
    private bool _hasFilms;
    private bool _filmsHaveEnded;

    /// <summary>Whether the engine takes ratings, people and keywords on a connection of their own, and keys within the transactions.</summary>
    private bool HasSideConnection => _sideConnection != _linkConnection;

    public void Add(Finding finding) => _newFindings.Add(finding);

    /// <summary>
    /// Takes films that are new, or differ from what the ledger holds, with the fingerprints of their content. They are written in the
    /// background, and their links beside them; throws what the writing of earlier ones has failed of.
    /// </summary>
    public async Task WriteAsync(IReadOnlyList<(Movie Movie, long Hash)> movies, CancellationToken cancellationToken)
    {
        if (_filmsHaveEnded)
        {
            // Few, at the end of a load, on one connection.
            await WriteLinksAsync(movies, cancellationToken).ConfigureAwait(false);
            await WriteFilmsAsync(new(movies, []), cancellationToken).ConfigureAwait(false);
            return;
        }

        if (movies.Count == 0 && _newFindings.Count == 0)
        {
            return;
        }

        _hasFilms |= movies.Count > 0;
        _filmQueue ??= new(WriteFilmsAsync, WaitingBatches, cancellationToken);
        _linkQueue ??= new(WriteLinksAsync, WaitingBatches, cancellationToken);
        var findings = _newFindings;
        _newFindings = [];
        await _filmQueue.AddAsync(new(movies, findings), cancellationToken).ConfigureAwait(false);
        await _linkQueue.AddAsync(movies, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Ends the movies file. If the engine supports it, the last rows and the keys are written in the background while the other files are read.
    /// </summary>
    internal async Task EndFilmsAsync(CancellationToken cancellationToken)
    {
        if (_filmsHaveEnded)
        {
            return;
        }

        _filmsHaveEnded = true;
        var (films, links) = (_filmQueue, _linkQueue);
        if (films is null || links is null)
        {
            return;
        }

        _filmsEnd = Task.WhenAll(
            Task.Run(() => EndAsync(films.CompleteAsync(), _movies.FlushAsync, _connection, TableGroup.Films), CancellationToken.None),
            Task.Run(() => EndAsync(links.CompleteAsync(), _links.FlushAsync, _linkConnection, TableGroup.Links), CancellationToken.None));
        if (!HasSideConnection)
        {
            await _filmsEnd.ConfigureAwait(false);
        }

        async Task EndAsync(Task written, Func<CancellationToken, ValueTask> flush, DbConnection connection, TableGroup tables)
        {
            await written.ConfigureAwait(false);
            if (HasSideConnection && _hasFilms)
            {
                await CompleteAsync(flush, connection, tables, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>
    /// Ends the first transactions: all rows are in the tables. What follows is small. Taking rows back in the first ones would make
    /// DuckDB write all of them a second time.
    /// </summary>
    public async Task CommitRowsAsync(CancellationToken cancellationToken)
    {
        var linkTransaction = _linkTransaction ?? throw new InvalidOperationException("the rows are committed already");
        await EndFilmsAsync(cancellationToken).ConfigureAwait(false);

        // All are begun in any case, and waited for: who stops half-way must wait for the others.
        await Task.WhenAll(
            Task.Run(() => CommitFilmsAsync(cancellationToken), CancellationToken.None),
            Task.Run(() => CommitLinksAsync(linkTransaction, cancellationToken), CancellationToken.None),
            Task.Run(() => CommitSidesAsync(cancellationToken), CancellationToken.None)).ConfigureAwait(false);

        await linkTransaction.DisposeAsync().ConfigureAwait(false);
        await _transaction.DisposeAsync().ConfigureAwait(false);
        _linkTransaction = null;
        if (!HasSideConnection)
        {
            await _ledger.AfterRowsAsync(cancellationToken).ConfigureAwait(false);
        }

        _transaction = await _connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        OpenWriters(_connection, _connection);
    }

    private async Task CommitFilmsAsync(CancellationToken cancellationToken)
    {
        await _filmsEnd.ConfigureAwait(false);
        await _movies.FlushAsync(cancellationToken).ConfigureAwait(false);
        await FlushFindingsAsync(cancellationToken).ConfigureAwait(false);
        _movies.Dispose();
        _findings.Dispose();
        await _ledger.CommitAsync(_transaction, cancellationToken).ConfigureAwait(false);
    }

    private async Task CommitLinksAsync(DbTransaction transaction, CancellationToken cancellationToken)
    {
        await _filmsEnd.ConfigureAwait(false);
        await _links.FlushAsync(cancellationToken).ConfigureAwait(false);
        _links.Dispose();
        if (!HasSideConnection)
        {
            await _sides.FlushAsync(cancellationToken).ConfigureAwait(false);
            _sides.Dispose();
        }

        await _ledger.CommitAsync(transaction, cancellationToken).ConfigureAwait(false);
    }

    private async Task CommitSidesAsync(CancellationToken cancellationToken)
    {
        if (_sideTransaction is not null)
        {
            await CompleteAsync(_sides.FlushAsync, _sideConnection, TableGroup.Sides, cancellationToken).ConfigureAwait(false);
            _sides.Dispose();
            await _ledger.CommitAsync(_sideTransaction, cancellationToken).ConfigureAwait(false);
            await _sideTransaction.DisposeAsync().ConfigureAwait(false);
            _sideTransaction = null;
        }
    }

    private async ValueTask WriteFilmsAsync(FilmBatch batch, CancellationToken cancellationToken)
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

    private Task AbandonQueuesAsync() =>
        Task.WhenAll(_filmQueue?.AbandonAsync() ?? Task.CompletedTask, _linkQueue?.AbandonAsync() ?? Task.CompletedTask);

    private async Task CompleteAsync(
        Func<CancellationToken, ValueTask> flush, DbConnection connection, TableGroup tables, CancellationToken cancellationToken)
    {
        await flush(cancellationToken).ConfigureAwait(false);
        await _ledger.CompleteAsync(connection, tables, cancellationToken).ConfigureAwait(false);
    }
}

/// <summary>
/// Films to be written, and what was found since those before. A class: of one, a queue's code is there when the program starts; of a struct it
/// would be compiled at every start.
/// </summary>
internal sealed record FilmBatch(IReadOnlyList<(Movie Movie, long Hash)> Movies, List<Finding> Findings);

/// <summary>Tables of the ledger that a load fills on one connection.</summary>
internal enum TableGroup
{
    /// <summary>Films.</summary>
    Films,

    /// <summary>What films are linked to, and its names.</summary>
    Links,

    /// <summary>Ratings, people and keywords.</summary>
    Sides,
}
