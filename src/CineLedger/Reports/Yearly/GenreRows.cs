namespace CineLedger.Reports.Yearly;

/// <summary>The rows of <c>genres</c>: by year, then popularity, the highest first and unknown ones last, then name.</summary>
/// <param name="columns">Its columns.</param>
/// <param name="films">All films.</param>
/// <param name="order">The dated ones, year after year.</param>
/// <param name="genres">The genres.</param>
/// <param name="genresOfFilm">The genres of each film.</param>
internal sealed class GenreRows(IReadOnlyList<Column> columns, YearlyFilms films, int[] order, NamesInOrder genres, Lists genresOfFilm) : YearRows(columns)
{
    private readonly YearTotals[] _ofGenre = new YearTotals[genres.Count];
    private readonly List<int> _ranked = [];
    private int _nextFilm;
    private int _next;
    private int _rank;

    protected override ReadOnlySpan<byte> Genre => genres[_ranked[_next - 1]];

    /// <summary>Those of the same popularity have the same, and the next one is as if they had not: RANK of SQL.</summary>
    protected override int Rank => _rank;

    public override bool Read()
    {
        while (_next == _ranked.Count)
        {
            if (_nextFilm == order.Length)
            {
                return false;
            }

            AddUpYear();
        }

        var before = Totals.Popularity;
        Totals = _ofGenre[_ranked[_next++]];
        if (_next == 1 || Totals.Popularity != before)
        {
            _rank = _next;
        }

        return true;
    }

    private void AddUpYear()
    {
        Array.Clear(_ofGenre);
        Year = films[order[_nextFilm]].Year;
        for (; _nextFilm < order.Length && films[order[_nextFilm]].Year == Year; _nextFilm++)
        {
            foreach (var genre in genresOfFilm[order[_nextFilm]])
            {
                Add(ref _ofGenre[genre], in films[order[_nextFilm]], genres[genre]);
            }
        }

        _next = 0;
        _ranked.Clear();
        for (var genre = 0; genre < _ofGenre.Length; genre++)
        {
            if (_ofGenre[genre].Releases > 0)
            {
                _ranked.Add(genre);
            }
        }

        _ranked.Sort(ByPopularity);
    }

    private int ByPopularity(int one, int other)
    {
        var (a, b) = (_ofGenre[one].Popularity, _ofGenre[other].Popularity);
        return a == b ? one.CompareTo(other) : a is null ? 1 : b is null ? -1 : b.Value.CompareTo(a.Value);
    }
}
