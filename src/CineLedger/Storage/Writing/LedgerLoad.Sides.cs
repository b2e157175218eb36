using CineLedger.Model;
using CineLedger.Storage.Reading;
using CineLedger.Storage.Schema;

namespace CineLedger.Storage.Writing;

/// <summary>The ratings, people and keywords of a load. Films may still be coming to their end meanwhile, on other connections.</summary>
public sealed partial class LedgerLoad
{
    /// <summary>Gives every film that has rows in a table of lists now, and the fingerprint of its list.</summary>
    internal async Task ReadKnownAsync(string table, Action<long, long> add, CancellationToken cancellationToken)
    {
        await (table == SideTables.People ? Names.LoadPeopleAsync(_sideConnection, cancellationToken) : Names.LoadKeywordsAsync(_sideConnection, cancellationToken))
            .ConfigureAwait(false);
        await _sideConnection.ForEachAsync(
            $"SELECT movie_id, content_hash FROM {table} WHERE until IS NULL AND since < $1 AND position = 0",
            row => add(row.GetInt64(0), row.GetInt64(1)),
            cancellationToken,
            SnapshotId).ConfigureAwait(false);
    }

    /// <summary>Gives every film's ratings that the ledger holds now, a year at a time.</summary>
    internal Task ReadKnownRatingsAsync(Action<YearOfRatings> add, CancellationToken cancellationToken) =>
        _sideConnection.ForEachAsync(
            $"SELECT movie_id, rating_year, ratings, {MillionthsSql.Of("rating_sum")} FROM movie_rating WHERE until IS NULL AND since < $1",
            row => add(new YearOfRatings(row.GetInt64(0), row.GetInt32(1), row.GetInt64(2), row.GetInt64(3))),
            cancellationToken,
            SnapshotId);

    /// <summary>IMDb's ids of films, as this load has them or else the ledger; null where unknown.</summary>
    internal async Task<Dictionary<long, string?>> ReadImdbIdsAsync(IReadOnlyCollection<long> movieIds, CancellationToken cancellationToken)
    {
        var found = new Dictionary<long, string?>();
        if (movieIds.Count > 0)
        {
            await _filmsEnd.ConfigureAwait(false);
            await _movies.FlushAsync(cancellationToken).ConfigureAwait(false);
            var listed = await ListedIds.WriteAsync(_ledger, movieIds, cancellationToken).ConfigureAwait(false);
            await _connection.ForEachAsync(
                $"SELECT movie_id, imdb_id FROM movie WHERE until IS NULL AND movie_id IN ({listed}) ORDER BY movie_id, since",
                row => found[row.GetInt64(0)] = row.GetText(1),
                cancellationToken).ConfigureAwait(false);
        }

        return found;
    }

    /// <summary>Writes related data that is new, or differs from what the ledger holds.</summary>
    /// <param name="items">What is written.</param>
    /// <param name="add">Adds the rows of one item.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    internal async ValueTask WriteRelatedAsync<T>(IReadOnlyList<T> items, Action<RelatedWriter, T> add, CancellationToken cancellationToken)
    {
        foreach (var item in items)
        {
            add(_sides, item);
        }

        await _sides.FlushIfFullAsync(cancellationToken).ConfigureAwait(false);

        // They go in on the films' connection.
        if (_filmsEnd.IsCompleted)
        {
            await _findings.FlushIfFullAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc cref="RelatedWriter.KeepPeopleOf"/>
    internal void KeepPeopleOf(IReadOnlyList<FilmList<Credit>> last) => _sides.KeepPeopleOf(last);

    /// <summary>Takes back what this load has written of these films in one table. For after <see cref="CommitRowsAsync"/>.</summary>
    internal async Task TakeBackAsync(string table, IReadOnlyCollection<long> movieIds, CancellationToken cancellationToken)
    {
        if (movieIds.Count > 0)
        {
            var listed = await ListedIds.WriteAsync(_ledger, movieIds, cancellationToken).ConfigureAwait(false);
            await DeleteWrittenAsync(table, listed, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Ends the life of single years of ratings.</summary>
    internal async Task CloseRatingsAsync(IReadOnlyCollection<(long MovieId, int Year)> years, CancellationToken cancellationToken)
    {
        if (years.Count == 0)
        {
            return;
        }

        await _connection.ExecuteAsync("DROP TABLE IF EXISTS listed_year", cancellationToken).ConfigureAwait(false);
        await _connection.ExecuteAsync("CREATE TEMP TABLE listed_year (movie_id BIGINT, rating_year INTEGER)", cancellationToken).ConfigureAwait(false);
        using var rows = _ledger.OpenWriter(_connection, "listed_year");
        foreach (var (movieId, year) in years)
        {
            rows.Add(movieId);
            rows.Add(year);
            rows.EndRow();
            await rows.FlushIfFullAsync(cancellationToken).ConfigureAwait(false);
        }

        await rows.FlushAsync(cancellationToken).ConfigureAwait(false);
        await _connection.ExecuteAsync(
            """
            UPDATE movie_rating SET until = $1
            WHERE until IS NULL AND since < $1 AND (movie_id, rating_year) IN (SELECT movie_id, rating_year FROM listed_year)
            """,
            cancellationToken,
            SnapshotId).ConfigureAwait(false);
    }

    /// <param name="table">A table of the ledger.</param>
    /// <param name="listed">As <see cref="ListedIds.WriteAsync"/> returns it.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    private Task<int> DeleteWrittenAsync(string table, string listed, CancellationToken cancellationToken) =>
        _connection.ExecuteAsync($"DELETE FROM {table} WHERE since = $1 AND movie_id IN ({listed})", cancellationToken, SnapshotId);
}
