namespace CineLedger.Samples;

/// <summary>
/// The three numbers of a film. As in the real dataset, TMDB's reach ten times as far as there are films and stand in
/// no order, MovieLens' rise through the file, densely at first, and many of one's numbers are other films' in the other.
/// </summary>
internal sealed class FilmIds(SampleOptions options)
{
    private const int TmdbSpread = 10;
    private readonly long _movies = options.Movies;
    private readonly int _imdbSpread = Math.Max(1, 6_900_000 / options.Movies);
    private readonly Shuffle _tmdb = new(options.Movies, Rng.Hash(options.Seed, Rng.Stream.Ids, 0));
    private readonly Shuffle _imdb = new(options.Movies, Rng.Hash(options.Seed, Rng.Stream.Ids, 1));

    public long Tmdb(long film)
    {
        long place = _tmdb[film];
        return 2 + (place * TmdbSpread) + Jitter(place + 2, TmdbSpread);
    }

    public long Imdb(long film)
    {
        long place = _imdb[film];
        return 1 + (place * _imdbSpread) + Jitter(-place - 1, _imdbSpread);
    }

    public long MovieLens(long film) => 1 + film + (film * film * 3 / _movies);

    private long Jitter(long place, int spread) => (long)(Rng.Hash(options.Seed, Rng.Stream.Ids, place) % (ulong)spread);
}
