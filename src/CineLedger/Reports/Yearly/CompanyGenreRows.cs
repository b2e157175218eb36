namespace CineLedger.Reports.Yearly;

/// <summary>The rows of <c>company-genres</c>: by company, year, genre.</summary>
internal sealed class CompanyGenreRows(
    IReadOnlyList<Column> columns, YearlyFilms films, NamesInOrder companies, NamesInOrder genres, Lists filmsOfCompany, Lists genresOfFilm) : YearRows(columns)
{
    private readonly int[] _releases = new int[genres.Count];
    private readonly List<int> _found = [];
    private CompanyYears _years = new(films, filmsOfCompany);
    private int _next;

    protected override ReadOnlySpan<byte> Company => companies[_years.Company];

    protected override ReadOnlySpan<byte> Genre => genres[_found[_next - 1]];

    protected override int CompanyReleases => _years.Films.Length;

    public override bool Read()
    {
        while (_next == _found.Count)
        {
            if (!_years.Read())
            {
                return false;
            }

            AddUp();
        }

        ref var releases = ref _releases[_found[_next++]];
        Totals = YearTotals.Of(releases);
        releases = 0;
        return true;
    }

    private void AddUp()
    {
        Year = _years.Year;
        _found.Clear();
        _next = 0;
        foreach (var film in _years.Films)
        {
            foreach (var genre in genresOfFilm[film])
            {
                if (_releases[genre]++ == 0)
                {
                    Insert(genre);
                }
            }
        }
    }

    /// <summary>In the order of names: there are so few that shifting them is cheaper than sorting.</summary>
    private void Insert(int genre)
    {
        var at = _found.Count;
        while (at > 0 && _found[at - 1] > genre)
        {
            at--;
        }

        _found.Insert(at, genre);
    }
}
