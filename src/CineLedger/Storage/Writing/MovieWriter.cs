using CineLedger.Model;

namespace CineLedger.Storage.Writing;

/// <summary>Writes rows of the movie table; <see cref="RelatedWriter"/> writes their links.</summary>
internal sealed class MovieWriter(BulkWriter movies, int snapshotId) : IDisposable
{
    /// <summary>The columns of a movie's content: all except its ID and the snapshots of the version.</summary>
    public static IReadOnlyList<string> ContentColumns { get; } =
        [.. MovieField.All.Select(field => field.Name), "release_year", "release_month", "company_count", "genre_count", "content_hash", "line"];

    public void Add(Movie movie, long contentHash)
    {
        movies.Add(movie.Id);
        movies.Add(snapshotId);
        movies.Add((int?)null);
        foreach (var field in MovieField.Original)
        {
            field.Write(movie, movies);
            if (field == MovieField.ReleaseDate)
            {
                movies.Add(movie.ReleaseYear);
                movies.Add(movie.ReleaseDate?.Month);
            }
        }

        movies.Add(movie.Companies.Count);
        movies.Add(movie.Genres.Count);
        movies.Add(contentHash);
        movies.Add(movie.Line);
        foreach (var field in MovieField.Added)
        {
            field.Write(movie, movies);
        }

        movies.EndRow();
    }

    public ValueTask FlushIfFullAsync(CancellationToken cancellationToken) => movies.FlushIfFullAsync(cancellationToken);

    public ValueTask FlushAsync(CancellationToken cancellationToken) => movies.FlushAsync(cancellationToken);

    public void Dispose() => movies.Dispose();
}
