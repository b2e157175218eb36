namespace CineLedger.Samples;

/// <summary>
/// The three ids of a movie. As in the real dataset, TMDB ids are unordered and range up to ten times the number of movies; MovieLens ids increase
/// through the file, at first without gaps. Many numbers are ids of different movies in the two systems.
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
