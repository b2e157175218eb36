using CineLedger.Model;

namespace CineLedger.Storage.Writing;

/// <summary>Writes films into the table of films; <see cref="RelatedWriter"/> does what they are linked to.</summary>
internal sealed class MovieWriter(TableWriter movies, int snapshotId) : IDisposable
{
    public void Add(Movie movie, long contentHash)
    {
        movies.Add(movie.Id);
        movies.Add(snapshotId);
        movies.Add((int?)null);
        movies.Add(movie.TitleText);
        movies.Add(movie.OriginalTitleText);
        movies.Add(movie.ReleaseDate);
        movies.Add(movie.ReleaseDate?.Year);
        movies.Add(movie.ReleaseDate?.Month);
        movies.Add(movie.Budget);
        movies.Add(movie.Revenue);
        movies.Add(movie.Runtime);
        movies.Add(movie.Popularity);
        movies.Add(movie.VoteAverage);
        movies.Add(movie.VoteCount);
        movies.Add(movie.Language);
        movies.Add(movie.Status);
        movies.Add(movie.Collection);
        movies.Add(movie.ImdbIdText);
        movies.Add(movie.Adult);
        movies.Add(movie.Video);
        movies.Add(movie.HomepageText);
        movies.Add(movie.PosterPathText);
        movies.Add(movie.TaglineText);
        movies.Add(movie.OverviewText);
        movies.Add(movie.Companies.Count);
        movies.Add(movie.Genres.Count);
        movies.Add(contentHash);
        movies.Add(movie.Line);
        movies.EndRow();
    }

    public ValueTask FlushIfFullAsync(CancellationToken cancellationToken) => movies.FlushIfFullAsync(cancellationToken);

    public ValueTask FlushAsync(CancellationToken cancellationToken) => movies.FlushAsync(cancellationToken);

    public void Dispose() => movies.Dispose();
}
