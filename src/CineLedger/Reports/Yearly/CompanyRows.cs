namespace CineLedger.Reports.Yearly;

/// <summary>The rows of <c>companies</c>: by company, then year.</summary>
internal sealed class CompanyRows(IReadOnlyList<Column> columns, YearlyFilms films, NamesInOrder companies, Lists filmsOfCompany) : YearRows(columns)
{
    private CompanyYears _years = new(films, filmsOfCompany);

    protected override ReadOnlySpan<byte> Company => companies[_years.Company];

    public override bool Read()
    {
        if (!_years.Read())
        {
            return false;
        }

        Year = _years.Year;
        Totals = default;
        foreach (var film in _years.Films)
        {
            Add(ref Totals, in films[film], Company);
        }

        return true;
    }
}
