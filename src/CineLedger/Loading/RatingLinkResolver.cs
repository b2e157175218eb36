using CineLedger.Cleaning.Ratings;
using CineLedger.Model;

namespace CineLedger.Loading;

/// <summary>Which movie the ratings of a MovieLens id are of, if of any of the ledger's.</summary>
internal sealed class RatingLinkResolver
{
    /// <summary>In place of a movie: the link has no TMDB id; the ledger lacks the movie; another MovieLens id stands for it.</summary>
    public const long NoMovie = 0, Unknown = -1, Shared = -2;

    // Numbers of links, from 1, by their movies.
    private readonly IdMap<long, int> _byMovie;

    private RatingLinkResolver(int links)
    {
        _byMovie = new(links);
        Movies = new long[links];
    }

    /// <summary>By link: TMDB's number of the movie, above zero, or why there is none.</summary>
    public long[] Movies { get; }

    /// <summary>The link whose ratings are a movie's; −1 where there is none.</summary>
    public int FindLink(long movieId) => _byMovie.TryGet(movieId, out var link) && Movies[link - 1] == movieId ? link - 1 : -1;

    /// <summary>
    /// Decides for every link. Where several MovieLens ids share a TMDB id, the one counts whose IMDb id is the movie's; none, where that
    /// fits several or none of them.
    /// </summary>
    /// <param name="links">All links.</param>
    /// <param name="isKnown">Whether the ledger has a movie.</param>
    /// <param name="readImdbIds">IMDb's ids of movies of the ledger.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static async Task<RatingLinkResolver> DecideAsync(
        ChunkedList<MovieLensLink> links,
        Func<long, bool> isKnown,
        Func<IReadOnlyCollection<long>, CancellationToken, Task<Dictionary<long, string?>>> readImdbIds,
        CancellationToken cancellationToken)
    {
        var targets = new RatingLinkResolver(links.Count);
        var movies = targets.Movies;
        var shared = new Dictionary<long, List<int>>();
        for (var place = 0; place < links.Count; place++)
        {
            var movie = links[place].Tmdb;
            if (movie == 0 || !isKnown(movie))
            {
                movies[place] = movie == 0 ? NoMovie : Unknown;
                continue;
            }

            movies[place] = movie;
            ref var first = ref targets._byMovie[movie];
            if (first > 0)
            {
                shared.TryAdd(movie, [first - 1]);
                shared[movie].Add(place);
            }
            else
            {
                first = place + 1;
            }
        }

        var imdbIds = await readImdbIds(shared.Keys, cancellationToken).ConfigureAwait(false);
        foreach (var (movie, places) in shared)
        {
            var imdb = MovieLensLinks.ParseImdbId(imdbIds.GetValueOrDefault(movie));
            var fitting = places.FindAll(place => imdb != 0 && links[place].Imdb == imdb);
            foreach (var place in places)
            {
                movies[place] = Shared;
            }

            if (fitting is [var winner])
            {
                movies[winner] = movie;
                targets._byMovie[movie] = winner + 1;
            }
        }

        return targets;
    }
}
