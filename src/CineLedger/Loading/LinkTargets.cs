using CineLedger.Cleaning.Ratings;
using CineLedger.Model;

namespace CineLedger.Loading;

/// <summary>Which film the ratings of a MovieLens id are of, if of any of the ledger's.</summary>
internal sealed class LinkTargets
{
    /// <summary>In place of a film: the link has no TMDB id; the ledger lacks the film; another MovieLens id stands for it.</summary>
    public const long Unlinked = 0, Unknown = -1, Shared = -2;

    // Numbers of links, from 1, by their films.
    private readonly IdMap<long, int> _byFilm;

    private LinkTargets(int links)
    {
        _byFilm = new(links);
        Films = new long[links];
    }

    /// <summary>By link: TMDB's number of the film, above zero, or why there is none.</summary>
    public long[] Films { get; }

    /// <summary>The link whose ratings are a film's; −1 where there is none.</summary>
    public int LinkOf(long movieId) => _byFilm.TryGet(movieId, out var link) && Films[link - 1] == movieId ? link - 1 : -1;

    /// <summary>
    /// Decides for every link. Where several MovieLens ids share a TMDB id, the one counts whose IMDb id is the film's; none, where that
    /// fits several or none of them.
    /// </summary>
    /// <param name="links">All links.</param>
    /// <param name="isKnown">Whether the ledger has a film.</param>
    /// <param name="readImdbIds">IMDb's ids of films of the ledger.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static async Task<LinkTargets> DecideAsync(
        BlockList<Link> links,
        Func<long, bool> isKnown,
        Func<IReadOnlyCollection<long>, CancellationToken, Task<Dictionary<long, string?>>> readImdbIds,
        CancellationToken cancellationToken)
    {
        var targets = new LinkTargets(links.Count);
        var films = targets.Films;
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
            ref var first = ref targets._byFilm[film];
            if (first > 0)
            {
                shared.TryAdd(film, [first - 1]);
                shared[film].Add(place);
            }
            else
            {
                first = place + 1;
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
                targets._byFilm[film] = winner + 1;
            }
        }

        return targets;
    }
}
