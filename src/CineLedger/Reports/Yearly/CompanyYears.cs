namespace CineLedger.Reports.Yearly;

/// <summary>Walks through companies in the order of their names, and through the years of each: the groups of films that both reports by company are of.</summary>
/// <param name="films">All films.</param>
/// <param name="filmsOf">The dated films of each company, by its place in order, year after year.</param>
internal struct CompanyYears(YearlyFilms films, Lists filmsOf)
{
    private int _start;
    private int _end;

    /// <summary>The company's place in order.</summary>
    public int Company { get; private set; }

    public readonly int Year => films[filmsOf[Company][_start]].Year;

    /// <summary>The company's films of the year; one at least.</summary>
    public readonly ReadOnlySpan<int> Films => filmsOf[Company][_start.._end];

    /// <summary>Goes on to the next year, or the next company that has any; false after the last.</summary>
    public bool Read()
    {
        while (Company < filmsOf.Count && _end == filmsOf[Company].Length)
        {
            Company++;
            _end = 0;
        }

        if (Company == filmsOf.Count)
        {
            return false;
        }

        var own = filmsOf[Company];
        _start = _end;
        var year = films[own[_start]].Year;
        while (++_end < own.Length && films[own[_end]].Year == year)
        {
        }

        return true;
    }
}
