namespace CineLedger.Samples;

/// <summary>
/// ratings.csv: user by user, each with a few to several hundred movies in the order of their MovieLens ids. The most popular of four
/// random movies is rated, so that popular movies have more ratings.
/// </summary>
internal sealed class RatingRowSource(SampleOptions options, Rng.RngStream stream, long total, MovieIds ids, ExtraLinks extras, int everyNth) : RowSource
{
    private static readonly QuantileCurve PerUser = new([(0, 1), (.1, 5), (.25, 15), (.5, 30), (.75, 96), (.9, 225), (.99, 1000), (1, 2500)]);
    private static readonly WeightedChoice Stars = new([1101, 3326, 1687, 7271, 4449, 20064, 10538, 28750, 7723, 15095]);
    private readonly int[] _movies = new int[2500];
    private readonly int _candidates = ((options.Movies - 1) / everyNth) + 1;
    private long _left = total;
    private long _user;

    public override ReadOnlySpan<byte> Header => "userId,movieId,rating,timestamp\r\n"u8;

    public override bool TryWriteNext(Utf8Buffer output)
    {
        if (_left <= 0)
        {
            return false;
        }

        var rng = Rng.Create(options.Seed, stream, ++_user);
        int count = (int)Math.Min(Math.Min(_left, _candidates), (int)PerUser.Draw(ref rng));
        for (int i = 0; i < count; i++)
        {
            _movies[i] = DrawMovie(ref rng);
        }

        Array.Sort(_movies, 0, count);
        long time = 820_454_400 + rng.NextBelow(680_000_000);
        for (int i = 0; i < count; i++)
        {
            // A user rates each movie only once.
            if (i == 0 || _movies[i] != _movies[i - 1])
            {
                Add(output, _movies[i], time += 1 + rng.NextBelow(90), ref rng);
            }
        }
        return true;
    }

    private int DrawMovie(ref Rng rng)
    {
        int best = rng.NextBelow(_candidates) * everyNth;
        for (int i = 1; i < 4; i++)
        {
            int other = rng.NextBelow(_candidates) * everyNth;
            best = GetPopularityRank(other) > GetPopularityRank(best) ? other : best;
        }
        return best;
    }

    // The first number that MovieNumbers draws for the movie, from which its popularity follows.
    private ulong GetPopularityRank(int movie) => Rng.Create(options.Seed, Rng.RngStream.Movie, movie).Next();

    private void Add(Utf8Buffer output, int movie, long time, ref Rng rng)
    {
        long movieLensId = ids.GetMovieLens(movie);
        if (everyNth == 1 && extras.GetAfter(movie) != ExtraLink.None && rng.NextBelow(2) == 0)
        {
            movieLensId++;
        }

        int halves = 1 + Stars.Draw(ref rng);
        output.Add(_user);
        output.Add((byte)',');
        output.Add(movieLensId);
        output.Add((byte)',');
        output.Add(halves / 2);
        output.Add(halves % 2 == 0 ? ".0,"u8 : ".5,"u8);
        output.Add(time);
        output.Add("\r\n"u8);
        _left--;
    }
}
