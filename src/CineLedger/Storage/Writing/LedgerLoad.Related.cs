using CineLedger.Model;
using CineLedger.Storage.Reading;
using CineLedger.Storage.Schema;

namespace CineLedger.Storage.Writing;

/// <summary>Writes the ratings, people and keywords of a load. Movies may still be in progress on other connections.</summary>
public sealed partial class LedgerLoad
{
    /// <summary>Passes every movie with current rows in a table of lists to <paramref name="add"/>, with the hash of its list.</summary>
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

    /// <summary>Passes the current ratings of every movie and year to <paramref name="add"/>.</summary>
    internal Task ReadKnownRatingsAsync(Action<MovieYearRatings> add, CancellationToken cancellationToken) =>
        _relatedConnection.ReadEachAsync(
            $"SELECT movie_id, rating_year, ratings, {MillionthsSql.Build("rating_sum")} FROM movie_rating WHERE until IS NULL AND since < $1",
            row => add(new MovieYearRatings(row.GetInt64(0), row.GetInt32(1), row.GetInt64(2), row.GetInt64(3))),
            cancellationToken,
            SnapshotId);

    /// <summary>Returns the IMDb IDs of movies, from this load or otherwise from the ledger; null if unknown.</summary>
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

    /// <summary>Writes related data that is new or differs from the ledger.</summary>
    /// <param name="items">The items to write.</param>
    /// <param name="add">Adds the rows of one item.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    internal async ValueTask WriteRelatedAsync<T>(IReadOnlyList<T> items, Action<RelatedWriter, T> add, CancellationToken cancellationToken)
    {
        foreach (var item in items)
        {
            add(_related, item);
        }

        await _related.FlushIfFullAsync(cancellationToken).ConfigureAwait(false);

        // Findings are written on the movies' connection.
        if (_moviesCompletion.IsCompleted)
        {
            await _findings.FlushIfFullAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc cref="RelatedWriter.RetainPeople"/>
    internal void RetainPeople(IReadOnlyList<MovieItems<Credit>> remaining) => _related.RetainPeople(remaining);

    /// <summary>Deletes the rows of one table that this load has written for the given movies. Call it after <see cref="CommitRowsAsync"/>.</summary>
    internal async Task DeleteWrittenAsync(string table, IReadOnlyCollection<long> movieIds, CancellationToken cancellationToken)
    {
        if (movieIds.Count > 0)
        {
            var idFilter = await IdFilter.WriteAsync(_ledger, movieIds, cancellationToken).ConfigureAwait(false);
            await DeleteWrittenAsync(table, idFilter, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Ends the rating rows of single years.</summary>
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
    /// <param name="listed">The movies, as returned by <see cref="IdFilter.WriteAsync"/>.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    private Task<int> DeleteWrittenAsync(string table, string listed, CancellationToken cancellationToken) =>
        _connection.ExecuteAsync($"DELETE FROM {table} WHERE since = $1 AND movie_id IN ({listed})", cancellationToken, SnapshotId);
}
