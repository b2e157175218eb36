using CineLedger.Model;
using CineLedger.Storage.Reading;
using CineLedger.Storage.Schema;

namespace CineLedger.Storage.Writing;

/// <summary>The ratings, people and keywords of a load. Movies may still be coming to their end meanwhile, on other connections.</summary>
public sealed partial class LedgerLoad
{
    /// <summary>Gives every movie that has rows in a table of lists now, and the fingerprint of its list.</summary>
    internal async Task ReadKnownAsync(string table, Action<long, long> add, CancellationToken cancellationToken)
    {
        await (table == RelatedTables.People ? Names.LoadPeopleAsync(_relatedConnection, cancellationToken) : Names.LoadKeywordsAsync(_relatedConnection, cancellationToken))
            .ConfigureAwait(false);
        await _relatedConnection.ReadEachAsync(
            $"SELECT movie_id, content_hash FROM {table} WHERE until IS NULL AND since < $1 AND position = 0",
            row => add(row.GetInt64(0), row.GetInt64(1)),
            cancellationToken,
            SnapshotId).ConfigureAwait(false);
    }

    /// <summary>Gives every movie's ratings that the ledger holds now, a year at a time.</summary>
    internal Task ReadKnownRatingsAsync(Action<MovieYearRatings> add, CancellationToken cancellationToken) =>
        _relatedConnection.ReadEachAsync(
            $"SELECT movie_id, rating_year, ratings, {MillionthsSql.Build("rating_sum")} FROM movie_rating WHERE until IS NULL AND since < $1",
            row => add(new MovieYearRatings(row.GetInt64(0), row.GetInt32(1), row.GetInt64(2), row.GetInt64(3))),
            cancellationToken,
            SnapshotId);

    /// <summary>IMDb's ids of movies, as this load has them or else the ledger; null where unknown.</summary>
    internal async Task<Dictionary<long, string?>> ReadImdbIdsAsync(IReadOnlyCollection<long> movieIds, CancellationToken cancellationToken)
    {
        var found = new Dictionary<long, string?>();
        if (movieIds.Count > 0)
        {
            await _moviesCompletion.ConfigureAwait(false);
            await _movies.FlushAsync(cancellationToken).ConfigureAwait(false);
            var idFilter = await IdFilter.WriteAsync(_ledger, movieIds, cancellationToken).ConfigureAwait(false);
            await _connection.ReadEachAsync(
                $"SELECT movie_id, imdb_id FROM movie WHERE until IS NULL AND movie_id IN ({idFilter}) ORDER BY movie_id, since",
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
            add(_related, item);
        }

        await _related.FlushIfFullAsync(cancellationToken).ConfigureAwait(false);

        // They go in on the movies' connection.
        if (_moviesCompletion.IsCompleted)
        {
            await _findings.FlushIfFullAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc cref="RelatedWriter.KeepPeopleOf"/>
    internal void RetainPeopleOf(IReadOnlyList<MovieItems<Credit>> remaining) => _related.KeepPeopleOf(remaining);

    /// <summary>Takes back what this load has written of these movies in one table. For after <see cref="CommitRowsAsync"/>.</summary>
    internal async Task DeleteWrittenAsync(string table, IReadOnlyCollection<long> movieIds, CancellationToken cancellationToken)
    {
        if (movieIds.Count > 0)
        {
            var idFilter = await IdFilter.WriteAsync(_ledger, movieIds, cancellationToken).ConfigureAwait(false);
            await DeleteWrittenAsync(table, idFilter, cancellationToken).ConfigureAwait(false);
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
    /// <param name="listed">As <see cref="IdFilter.WriteAsync"/> returns it.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    private Task<int> DeleteWrittenAsync(string table, string listed, CancellationToken cancellationToken) =>
        _connection.ExecuteAsync($"DELETE FROM {table} WHERE since = $1 AND movie_id IN ({listed})", cancellationToken, SnapshotId);
}
