using CineLedger.Model;
using DuckDB.NET.Data;

namespace CineLedger.Storage.DuckDb;

/// <summary>Writes films into the table of films; <see cref="LinkWriter"/> does what they are linked to.</summary>
internal sealed class MovieWriter(DuckDBConnection connection, int snapshotId) : IDisposable
{
    // A film is about a kilobyte: few wait.
    private readonly ChunkAppender _movies = new(connection.NativeConnection, "movie", 8 * 2048);

    public void Add(Movie movie, long contentHash)
    {
        _movies.Add(movie.Id);
        _movies.Add(snapshotId);
        _movies.Add((int?)null);
        _movies.Add(movie.Title);
        _movies.Add(movie.OriginalTitle);
        _movies.Add(movie.ReleaseDate);
        _movies.Add(movie.ReleaseDate?.Year);
        _movies.Add(movie.ReleaseDate?.Month);
        _movies.Add(movie.Budget);
        _movies.Add(movie.Revenue);
        _movies.Add(movie.Runtime);
        _movies.Add(movie.Popularity);
        _movies.Add(movie.VoteAverage);
        _movies.Add(movie.VoteCount);
        _movies.Add(movie.Language);
        _movies.Add(movie.Status);
        _movies.Add(movie.Collection);
        _movies.Add(movie.ImdbId);
        _movies.Add(movie.Adult);
        _movies.Add(movie.Video);
        _movies.Add(movie.Homepage);
        _movies.Add(movie.PosterPath);
        _movies.Add(movie.Tagline);
        _movies.Add(movie.Overview);
        _movies.Add(movie.Companies.Count);
        _movies.Add(movie.Genres.Count);
        _movies.Add(contentHash);
        _movies.Add(movie.Line);
        _movies.EndRow();
    }

    /// <summary>Brings all rows into the table, where the transaction's queries see them.</summary>
    public void Flush() => _movies.Flush();

    public void Dispose() => _movies.Dispose();
}
