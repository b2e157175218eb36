using System.Data.Common;
using CineLedger.Model;
using DuckDB.NET.Data;

namespace CineLedger.Reports.Yearly;

/// <summary>
/// The three yearly reports whole, without any option, added up in this process from the films and links of a ledger in its own file: what takes an engine
/// that groups and sorts whatever it is asked for several times as long, and more memory. Same rows as by <see cref="ReportRunner"/>.
/// </summary>
internal sealed class YearlyReports
{
    private readonly YearlyFilms _films;
    private readonly NamesInOrder _companies;
    private readonly NamesInOrder _genres;
    private readonly int[] _order;
    private readonly Lists _filmsOfCompany;
    private readonly Lists _genresOfFilm;

    private YearlyReports(YearlyFilms films, NamesInOrder companies, NamesInOrder genres, Lists companiesOfFilm, Lists genresOfFilm)
    {
        (_films, _companies, _genres, _genresOfFilm) = (films, companies, genres, genresOfFilm);
        _order = films.InOrderOfYears();
        _filmsOfCompany = companiesOfFilm.Turn(companies.Count, _order);
    }

    /// <summary>Whether a ledger is this process's own file; a server has processors and memory of its own, and sends fewer rows than films.</summary>
    public static bool AreMadeOf(DbConnection connection) => connection is DuckDBConnection;

    /// <summary>Reads what the reports are made of.</summary>
    /// <param name="one">A connection to a ledger in DuckDB.</param>
    /// <param name="other">Another one: both are used at the same time.</param>
    /// <param name="snapshot">As of when.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static async Task<YearlyReports> ReadAsync(DbConnection one, DbConnection other, Snapshot snapshot, CancellationToken cancellationToken)
    {
        // DuckDB's calls do not give the thread back. Both ends are waited for: no connection is to be closed under the other.
        var reading = Task.Run(() => YearlyFilms.ReadAsync(one, snapshot, cancellationToken), cancellationToken);
        var namingCompanies = Task.Run(() => NamesInOrder.ReadAsync(other, "company", "company_id", cancellationToken), cancellationToken);
        await Task.WhenAll(reading, namingCompanies).ConfigureAwait(false);
        var (films, companies) = (await reading.ConfigureAwait(false), await namingCompanies.ConfigureAwait(false));
        var genres = await NamesInOrder.ReadAsync(one, "genre", "genre_id", cancellationToken).ConfigureAwait(false);

        var ofGenres = Task.Run(() => FilmLinks.ReadAsync(one, "movie_genre", "genre_id", films, genres, snapshot.Id, cancellationToken), cancellationToken);
        var ofCompanies = Task.Run(() => FilmLinks.ReadAsync(other, "movie_company", "company_id", films, companies, snapshot.Id, cancellationToken), cancellationToken);
        await Task.WhenAll(ofGenres, ofCompanies).ConfigureAwait(false);
        return new YearlyReports(films, companies, genres, await ofCompanies.ConfigureAwait(false), await ofGenres.ConfigureAwait(false));
    }

    /// <summary>The rows of a report; null for one that is not made here. Several may be read at the same time.</summary>
    public DbResult? Open(ReportDefinition report)
    {
        var columns = ReportSql.Columns(new ReportRequest { Report = report });
        DbDataReader? rows = report == ReportDefinition.Companies ? new CompanyRows(columns, _films, _companies, _filmsOfCompany)
            : report == ReportDefinition.Genres ? new GenreRows(columns, _films, _order, _genres, _genresOfFilm)
            : report == ReportDefinition.CompanyGenres ? new CompanyGenreRows(columns, _films, _companies, _genres, _filmsOfCompany, _genresOfFilm)
            : null;
        return rows is null ? null : new DbResult(columns, rows);
    }
}
