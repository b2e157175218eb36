namespace CineLedger.Reports.Yearly;

/// <summary>The rows of <c>genres</c>: by year, then popularity, the highest first and unknown ones last, then name.</summary>
internal sealed class GenreRows : YearRows
{
    private readonly NamesInOrder _genres;
    private readonly Dictionary<int, YearTotals[]> _ofYears;
    private readonly int[] _years;
    private readonly List<int> _order = [];
    private YearTotals[] _ofGenre = [];
    private int _nextYear;
    private int _next;
    private int _rank;

    public GenreRows(IReadOnlyList<Column> columns, YearlyFilms films, NamesInOrder genres, Lists genresOfFilm)
        : base(columns)
    {
        _genres = genres;
        _ofYears = AddUp(films, genres, genresOfFilm);
        _years = [.. _ofYears.Keys];
        Array.Sort(_years);
    }

    protected override ReadOnlySpan<byte> Genre => _genres[_order[_next - 1]];

    /// <summary>Those of the same popularity have the same, and the next one is as if they had not: RANK of SQL.</summary>
    protected override int Rank => _rank;

    public override bool Read()
    {
        while (_next == _order.Count)
        {
            if (_nextYear == _years.Length)
            {
                return false;
            }

            Year = _years[_nextYear++];
            _ofGenre = _ofYears[Year];
            Order();
        }

        var before = Totals.Popularity;
        Totals = _ofGenre[_order[_next++]];
        if (_next == 1 || Totals.Popularity != before)
        {
            _rank = _next;
        }

        return true;
    }

    private static Dictionary<int, YearTotals[]> AddUp(YearlyFilms films, NamesInOrder genres, Lists genresOfFilm)
    {
        var years = new Dictionary<int, YearTotals[]>();
        for (var film = 0; film < films.Count; film++)
        {
            var year = films[film].Year;
            if (year != YearlyFilm.Undated)
            {
                if (!years.TryGetValue(year, out var ofGenre))
                {
                    years.Add(year, ofGenre = new YearTotals[genres.Count]);
                }

                foreach (var genre in genresOfFilm[film])
                {
                    ofGenre[genre].Add(in films[film]);
                }
            }
        }

        return years;
    }

    private void Order()
    {
        _next = 0;
        _order.Clear();
        for (var genre = 0; genre < _ofGenre.Length; genre++)
        {
            if (_ofGenre[genre].Releases > 0)
            {
                _order.Add(genre);
            }
        }

        _order.Sort((one, other) =>
        {
            var (a, b) = (_ofGenre[one].Popularity, _ofGenre[other].Popularity);
            return a == b ? one.CompareTo(other) : a is null ? 1 : b is null ? -1 : b.Value.CompareTo(a.Value);
        });
    }
}
