using System.Data.Common;

namespace CineLedger.Storage;

/// <summary>
/// How the rows of a load come to their end, on up to three connections at once: films, their links, and what other files say of them.
/// </summary>
public sealed partial class LedgerLoad
{
    /// <summary>The films' end, while other files are still read; done where it has not begun.</summary>
    private Task _filmsEnd = Task.CompletedTask;
    private bool _hasFilms;
    private bool _filmsHaveEnded;

    /// <summary>Whether the engine takes ratings, people and keywords on a connection of their own, and keys within the transactions.</summary>
    private bool HasSideConnection => _sideConnection != _linkConnection;

    /// <summary>
    /// No more films come for now. Where the engine can, their last rows and keys are made in the background while the other files are read.
    /// </summary>
    internal void EndFilms(CancellationToken cancellationToken)
    {
        if (HasSideConnection && _hasFilms && !_filmsHaveEnded)
        {
            _filmsHaveEnded = true;
            _filmsEnd = Task.WhenAll(
                Task.Run(() => EndAsync(_movies.FlushAsync, _connection, TableGroup.Films, cancellationToken), CancellationToken.None),
                Task.Run(() => EndAsync(_links.FlushAsync, _linkConnection, TableGroup.Links, cancellationToken), CancellationToken.None));
        }
    }

    /// <summary>
    /// Ends the first transactions: all rows are in the tables. What follows is small. Taking rows back in the first ones would make
    /// DuckDB write all of them a second time.
    /// </summary>
    public async Task CommitRowsAsync(CancellationToken cancellationToken)
    {
        var linkTransaction = _linkTransaction ?? throw new InvalidOperationException("the rows are committed already");
        EndFilms(cancellationToken);

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
        await _findings.FlushAsync(cancellationToken).ConfigureAwait(false);
        _movies.Dispose();
        _findings.Dispose();
        await _transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
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

        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task CommitSidesAsync(CancellationToken cancellationToken)
    {
        if (_sideTransaction is not null)
        {
            await EndAsync(_sides.FlushAsync, _sideConnection, TableGroup.Sides, cancellationToken).ConfigureAwait(false);
            _sides.Dispose();
            await _sideTransaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            await _sideTransaction.DisposeAsync().ConfigureAwait(false);
            _sideTransaction = null;
        }
    }

    private async Task EndAsync(
        Func<CancellationToken, ValueTask> flush, DbConnection connection, TableGroup tables, CancellationToken cancellationToken)
    {
        await flush(cancellationToken).ConfigureAwait(false);
        await _ledger.CompleteAsync(connection, tables, cancellationToken).ConfigureAwait(false);
    }
}

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
