namespace CineLedger.Reports.Yearly;

/// <summary>Walks through companies in the order of their names, and through the years of each: the groups of films that both reports by company are of.</summary>
/// <param name="films">All films.</param>
/// <param name="filmsOf">The dated films of each company, by its place in order.</param>
internal struct CompanyYears(YearlyFilms films, Lists filmsOf)
{
    private int[] _films = [];
    private int[] _years = [];
    private int _count;
    private int _start;
    private int _end;

    /// <summary>The company's place in order.</summary>
    public int Company { get; private set; } = -1;

    public readonly int Year => _years[_start];

    /// <summary>The company's films of the year; one at least.</summary>
    public readonly ReadOnlySpan<int> Films => _films.AsSpan(_start.._end);

    /// <summary>Goes on to the next year, or the next company that has any; false after the last.</summary>
    public bool Read()
    {
        while (_end == _count)
        {
            if (++Company == filmsOf.Count)
            {
                return false;
            }

            Take(filmsOf[Company]);
        }

        _start = _end;
        while (++_end < _count && _years[_end] == _years[_start])
        {
        }

        return true;
    }

    private void Take(ReadOnlySpan<int> own)
    {
        if (_films.Length < own.Length)
        {
            (_films, _years) = (new int[own.Length * 2], new int[own.Length * 2]);
        }

        (_count, _start, _end) = (own.Length, 0, 0);
        own.CopyTo(_films);
        for (var i = 0; i < _count; i++)
        {
            _years[i] = films[own[i]].Year;
        }

        _years.AsSpan(0, _count).Sort(_films.AsSpan(0, _count));
    }
}
