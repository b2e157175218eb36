using CineLedger.Cleaning.Ratings;

namespace CineLedger.Loading;

/// <summary>Which film the ratings of a MovieLens id are of, if of any of the ledger's.</summary>
internal sealed class LinkTargets
{
    /// <summary>In place of a film: the link has no TMDB id; the ledger lacks the film; another MovieLens id stands for it.</summary>
    public const long Unlinked = 0, Unknown = -1, Shared = -2;

    private readonly IdTable _links;

    private LinkTargets(long[] films, IdTable links)
    {
        Films = films;
        _links = links;
    }

    /// <summary>By link: TMDB's number of the film, above zero, or why there is none.</summary>
    public long[] Films { get; }

    /// <summary>The link whose ratings are a film's; −1 where there is none.</summary>
    public int LinkOf(long movieId)
    {
        var link = _links[movieId];
        return link >= 0 && Films[link] == movieId ? link : -1;
    }

    /// <summary>
    /// Decides for every link. Where several MovieLens ids share a TMDB id, the one counts whose IMDb id is the film's; none, where that
    /// fits several or none of them.
    /// </summary>
    /// <param name="links">All links.</param>
    /// <param name="isKnown">Whether the ledger has a film.</param>
    /// <param name="readImdbIds">IMDb's ids of films of the ledger.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static async Task<LinkTargets> DecideAsync(
        IReadOnlyList<Link> links,
        Func<long, bool> isKnown,
        Func<IReadOnlyCollection<long>, CancellationToken, Task<Dictionary<long, string?>>> readImdbIds,
        CancellationToken cancellationToken)
    {
        var films = new long[links.Count];
        var byFilm = new IdTable();
        var shared = new Dictionary<long, List<int>>();
        for (var place = 0; place < links.Count; place++)
        {
            var film = links[place].Tmdb;
            if (film == 0 || !isKnown(film))
            {
                films[place] = film == 0 ? Unlinked : Unknown;
                continue;
            }

            films[place] = film;
            if (byFilm[film] is var other and >= 0)
            {
                shared.TryAdd(film, [other]);
                shared[film].Add(place);
            }
            else
            {
                byFilm[film] = place;
            }
        }

        var imdbIds = await readImdbIds(shared.Keys, cancellationToken).ConfigureAwait(false);
        foreach (var (film, places) in shared)
        {
            var imdb = LinkTable.ImdbNumber(imdbIds.GetValueOrDefault(film));
            var fitting = places.FindAll(place => imdb != 0 && links[place].Imdb == imdb);
            foreach (var place in places)
            {
                films[place] = Shared;
            }

            if (fitting is [var winner])
            {
                films[winner] = film;
                byFilm[film] = winner;
            }
        }

        return new LinkTargets(films, byFilm);
    }
}
