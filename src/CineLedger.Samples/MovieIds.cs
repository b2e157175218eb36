namespace CineLedger.Samples;

/// <summary>
/// The three numbers of a movie. As in the real dataset, TMDB's reach ten times as far as there are movies and stand in
/// no order, MovieLens' rise through the file, densely at first, and many of one's numbers are other movies' in the other.
/// </summary>
internal sealed class MovieIds(SampleOptions options)
{
    private const int TmdbSpread = 10;
    private readonly long _movies = options.Movies;
    private readonly int _imdbSpread = Math.Max(1, 6_900_000 / options.Movies);
    private readonly Shuffle _tmdb = new(options.Movies, Rng.Hash(options.Seed, Rng.RngStream.Ids, 0));
    private readonly Shuffle _imdb = new(options.Movies, Rng.Hash(options.Seed, Rng.RngStream.Ids, 1));

    public long GetTmdb(long movie)
    {
        long place = _tmdb[movie];
        return 2 + (place * TmdbSpread) + AddJitter(place + 2, TmdbSpread);
    }

    public long GetImdb(long movie)
    {
        long place = _imdb[movie];
        return 1 + (place * _imdbSpread) + AddJitter(-place - 1, _imdbSpread);
    }

    public long GetMovieLens(long movie) => 1 + movie + (movie * movie * 3 / _movies);

    private long AddJitter(long place, int spread) => (long)(Rng.Hash(options.Seed, Rng.RngStream.Ids, place) % (ulong)spread);
}
