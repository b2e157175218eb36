namespace CineLedger.Samples;

/// <summary>The faults that a film's record can have; at most one each.</summary>
internal enum Fault
{
    None, SplitAtCr, SplitAtLf,
    WordInBudget, WordInDate, WordInPopularity, BrokenGenres, WordInAdult, NegativeRevenue,
}

/// <summary>
/// Which films have which fault, and after which film's record another one is repeated: as often as in the real
/// dataset, at least a few of each, never two on one film. About one entry for each 1,300 films.
/// </summary>
internal sealed class QuirkPlan
{
    private const int RealRows = 45_466, RealCopies = 17, RealConflicts = 13, RealSplits = 3;
    private readonly Dictionary<int, Fault> _faults = [];
    private readonly Dictionary<int, (int Film, bool Exact)> _repeats = [];
    private readonly HashSet<int> _taken = [];
    private readonly int _movies;
    private Rng _rng;

    public QuirkPlan(SampleOptions options)
    {
        _movies = options.Movies;
        _rng = Rng.For(options.Seed, Rng.Stream.Quirks, 0);
        if (options.Quirks.HasFlag(SampleQuirks.SplitRecords))
        {
            Spread(AsReal(RealSplits, 3), i => i % 2 == 0 ? Fault.SplitAtCr : Fault.SplitAtLf);
        }

        if (options.Quirks.HasFlag(SampleQuirks.RepeatedIds))
        {
            Repeat(AsReal(RealCopies, 2), AsReal(RealConflicts, 2));
        }

        if (options.Quirks.HasFlag(SampleQuirks.StrayValues))
        {
            Spread(6 * AsReal(1, 1), i => Fault.WordInBudget + (i % 6));
        }
    }

    public Fault FaultOf(int film) => _faults.GetValueOrDefault(film);

    /// <summary>The earlier film whose record comes once more after this one's.</summary>
    public bool RepeatAfter(int film, out (int Film, bool Exact) repeat) => _repeats.TryGetValue(film, out repeat);

    private int AsReal(int real, int least) => (int)Math.Max(least, ((long)_movies * real + (RealRows / 2)) / RealRows);

    private void Spread(int count, Func<int, Fault> fault)
    {
        for (int i = 0; i < count; i++)
        {
            if (Take() is { } film)
            {
                _faults[film] = fault(i);
            }
        }
    }

    private void Repeat(int copies, int conflicts)
    {
        for (int i = 0; i < copies + conflicts; i++)
        {
            if (Take() is not { } film)
            {
                return;
            }

            // Anywhere behind the first: the real copies lie up to thousands of rows apart.
            int after = film + _rng.Below(_movies - film);
            while (_repeats.ContainsKey(after))
            {
                after = after + 1 < _movies ? after + 1 : film;
            }

            _repeats[after] = (film, Exact: i < copies);
        }
    }

    /// <summary>A film without a fault yet; null where half of the films have one, which only happens to tiny samples.</summary>
    private int? Take()
    {
        if ((_taken.Count + 1) * 2 > _movies)
        {
            return null;
        }

        int film;
        do
        {
            film = _rng.Below(_movies);
        }
        while (!_taken.Add(film));
        return film;
    }
}
