namespace CineLedger.Samples;

/// <summary>
/// ratings.csv: user by user, each with a few to some hundred films in the order of their MovieLens ids. Of four films
/// drawn the best known is taken, so that famous films have more ratings.
/// </summary>
internal sealed class RatingRows(SampleOptions options, Rng.Stream stream, long total, FilmIds ids, ExtraLinks extras, int step) : RowSource
{
    private static readonly Curve PerUser = new([(0, 1), (.1, 5), (.25, 15), (.5, 30), (.75, 96), (.9, 225), (.99, 1000), (1, 2500)]);
    private static readonly Weights Stars = new([1101, 3326, 1687, 7271, 4449, 20064, 10538, 28750, 7723, 15095]);
    private readonly int[] _films = new int[2500];
    private readonly int _candidates = ((options.Movies - 1) / step) + 1;
    private long _left = total;
    private long _user;

    public override ReadOnlySpan<byte> Header => "userId,movieId,rating,timestamp\r\n"u8;

    public override bool Next(Utf8Buffer output)
    {
        if (_left <= 0)
        {
            return false;
        }

        var rng = Rng.For(options.Seed, stream, ++_user);
        int count = (int)Math.Min(Math.Min(_left, _candidates), (int)PerUser.Draw(ref rng));
        for (int i = 0; i < count; i++)
        {
            _films[i] = DrawFilm(ref rng);
        }

        Array.Sort(_films, 0, count);
        long time = 820_454_400 + rng.Below(680_000_000);
        for (int i = 0; i < count; i++)
        {
            // A user rates a film once.
            if (i == 0 || _films[i] != _films[i - 1])
            {
                Add(output, _films[i], time += 1 + rng.Below(90), ref rng);
            }
        }
        return true;
    }

    private int DrawFilm(ref Rng rng)
    {
        int best = rng.Below(_candidates) * step;
        for (int i = 1; i < 4; i++)
        {
            int other = rng.Below(_candidates) * step;
            best = Fame(other) > Fame(best) ? other : best;
        }
        return best;
    }

    // The first number that FilmFigures draws for the film: see there.
    private ulong Fame(int film) => Rng.For(options.Seed, Rng.Stream.Film, film).Next();

    private void Add(Utf8Buffer output, int film, long time, ref Rng rng)
    {
        long movie = ids.MovieLens(film);
        if (step == 1 && extras.After(film) != ExtraLink.None && rng.Below(2) == 0)
        {
            movie++;
        }

        int halves = 1 + Stars.Draw(ref rng);
        output.Add(_user);
        output.Add((byte)',');
        output.Add(movie);
        output.Add((byte)',');
        output.Add(halves / 2);
        output.Add(halves % 2 == 0 ? ".0,"u8 : ".5,"u8);
        output.Add(time);
        output.Add("\r\n"u8);
        _left--;
    }
}
