using CineLedger.Cleaning.Ratings;
using CineLedger.Model;

namespace CineLedger.Loading;

/// <summary>Maps MovieLens IDs to movies of the ledger.</summary>
internal sealed class RatingLinkResolver
{
    /// <summary>Values instead of a movie ID: the link has no TMDB ID; the ledger lacks the movie; the TMDB ID is shared and this link is not used.</summary>
    public const long NoMovie = 0, Unknown = -1, Shared = -2;

    // One-based link numbers by movie.
    private readonly IdMap<long, int> _byMovie;

    private RatingLinkResolver(int links)
    {
        _byMovie = new(links);
        Movies = new long[links];
    }

    /// <summary>Gets, by link, the positive TMDB ID of the movie or the reason why there is none.</summary>
    public long[] Movies { get; }

    /// <summary>Returns the link that supplies a movie's ratings; −1 when there is none.</summary>
    public int FindLink(long movieId) => _byMovie.TryGet(movieId, out var link) && Movies[link - 1] == movieId ? link - 1 : -1;

    /// <summary>
    /// Resolves every link. When several MovieLens IDs share a TMDB ID, the one with the movie's IMDb ID is used. None is used when several or none of
    /// them have it.
    /// </summary>
    /// <param name="links">All links.</param>
    /// <param name="isKnown">Returns whether the ledger has a movie.</param>
    /// <param name="readImdbIds">Reads the IMDb IDs of movies in the ledger.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public static async Task<RatingLinkResolver> ResolveAsync(
        ChunkedList<MovieLensLink> links,
        Func<long, bool> isKnown,
        Func<IReadOnlyCollection<long>, CancellationToken, Task<Dictionary<long, string?>>> readImdbIds,
        CancellationToken cancellationToken)
    {
        var targets = new RatingLinkResolver(links.Count);
        var movies = targets.Movies;
        var shared = new Dictionary<long, List<int>>();
        for (var index = 0; index < links.Count; index++)
        {
            var movie = links[index].Tmdb;
            if (movie == 0 || !isKnown(movie))
            {
                movies[index] = movie == 0 ? NoMovie : Unknown;
                continue;
            }

            movies[index] = movie;
            ref var first = ref targets._byMovie[movie];
            if (first > 0)
            {
                shared.TryAdd(movie, [first - 1]);
                shared[movie].Add(index);
            }
            else
            {
                first = index + 1;
            }
        }

        var imdbIds = await readImdbIds(shared.Keys, cancellationToken).ConfigureAwait(false);
        foreach (var (movie, indexes) in shared)
        {
            var imdb = MovieLensLinks.ParseImdbId(imdbIds.GetValueOrDefault(movie));
            var matching = indexes.FindAll(index => imdb != 0 && links[index].Imdb == imdb);
            foreach (var index in indexes)
            {
                movies[index] = Shared;
            }

            if (matching is [var winner])
            {
                movies[winner] = movie;
                targets._byMovie[movie] = winner + 1;
            }
        }

        return targets;
    }
}
