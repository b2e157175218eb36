namespace CineLedger.Samples;

/// <summary>The faults that a movie's record can have; at most one per record.</summary>
internal enum RecordFault
{
    None, SplitAtCr, SplitAtLf,
    WordInBudget, WordInDate, WordInPopularity, BrokenGenres, WordInAdult, NegativeRevenue,
}

/// <summary>
/// Decides which movies have which fault and where records are repeated: as often as in the real dataset, at least a few of
/// each kind, and never two on one movie. There is about one entry per 1,300 movies.
/// </summary>
internal sealed class QuirkPlan
{
    private const int RealRows = 45_466, RealCopies = 17, RealConflicts = 13, RealSplits = 3;
    private readonly Dictionary<int, RecordFault> _faults = [];
    private readonly Dictionary<int, (int Movie, bool Exact)> _repeats = [];
    private readonly HashSet<int> _reserved = [];
    private readonly int _movies;
    private Rng _rng;

    public QuirkPlan(SampleOptions options)
    {
        _movies = options.Movies;
        _rng = Rng.Create(options.Seed, Rng.RngStream.Quirks, 0);
        if (options.Quirks.HasFlag(SampleQuirks.SplitRecords))
        {
            Spread(ScaleFromReal(RealSplits, 3), i => i % 2 == 0 ? RecordFault.SplitAtCr : RecordFault.SplitAtLf);
        }

        if (options.Quirks.HasFlag(SampleQuirks.RepeatedIds))
        {
            Repeat(ScaleFromReal(RealCopies, 2), ScaleFromReal(RealConflicts, 2));
        }

        if (options.Quirks.HasFlag(SampleQuirks.StrayValues))
        {
            Spread(6 * ScaleFromReal(1, 1), i => RecordFault.WordInBudget + (i % 6));
        }
    }

    public RecordFault GetFault(int movie) => _faults.GetValueOrDefault(movie);

    /// <summary>Returns the earlier movie whose record is repeated after this one.</summary>
    public bool TryGetRepeat(int movie, out (int Movie, bool Exact) repeat) => _repeats.TryGetValue(movie, out repeat);

    private int ScaleFromReal(int real, int min) => (int)Math.Max(min, ((long)_movies * real + (RealRows / 2)) / RealRows);

    private void Spread(int count, Func<int, RecordFault> fault)
    {
        for (int i = 0; i < count; i++)
        {
            if (TryReserveMovie() is { } movie)
            {
                _faults[movie] = fault(i);
            }
        }
    }

    private void Repeat(int copies, int conflicts)
    {
        for (int i = 0; i < copies + conflicts; i++)
        {
            if (TryReserveMovie() is not { } movie)
            {
                return;
            }

            // Anywhere after the original: copies in the real dataset are up to thousands of rows apart.
            int after = movie + _rng.NextBelow(_movies - movie);
            while (_repeats.ContainsKey(after))
            {
                after = after + 1 < _movies ? after + 1 : movie;
            }

            _repeats[after] = (movie, Exact: i < copies);
        }
    }

    /// <summary>Reserves a movie without a fault; null when half of the movies already have a fault, which only happens in tiny samples.</summary>
    private int? TryReserveMovie()
    {
        if ((_reserved.Count + 1) * 2 > _movies)
        {
            return null;
        }

        int movie;
        do
        {
            movie = _rng.NextBelow(_movies);
        }
        while (!_reserved.Add(movie));
        return movie;
    }
}
