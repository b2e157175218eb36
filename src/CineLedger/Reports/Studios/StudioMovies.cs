using System.Data.Common;
using System.Globalization;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.Schema;
using CineLedger.Storage.Studios;

namespace CineLedger.Reports.Studios;

/// <summary>The movies of a snapshot with their companies, and the periods in which a list of studios assigns these companies. The list need not be the ledger's.</summary>
internal sealed class StudioMovies
{
    private readonly ILookup<int, CompanyOwnership> _periods;

    private StudioMovies(IReadOnlyCollection<StudioMovie> movies, IReadOnlyDictionary<int, string> names, ILookup<int, CompanyOwnership> periods)
    {
        (Movies, _periods) = (movies, periods);
        Companies =
        [
            .. movies.SelectMany(movie => movie.Companies.Select(company => (Company: company, movie.Revenue))).GroupBy(pair => pair.Company)
                .Select(group => new CompanyRevenue(group.Key, names[group.Key], group.Count(), group.Sum(pair => (decimal)(pair.Revenue ?? 0))))
                .OrderByDescending(company => company.Revenue).ThenBy(company => company.Name, StringComparer.Ordinal),
        ];
    }

    public IReadOnlyCollection<StudioMovie> Movies { get; }

    /// <summary>The companies of these movies, those with the highest revenue first. A movie's full revenue counts for each of its companies.</summary>
    public IReadOnlyList<CompanyRevenue> Companies { get; }

    /// <summary>Reads the movies of a snapshot.</summary>
    public static async Task<StudioMovies> ReadAsync(
        DbConnection connection, IReadOnlyList<StudioLine> lines, CompanyReferences companies, Snapshot snapshot, CancellationToken cancellationToken)
    {
        var movies = new Dictionary<long, StudioMovie>();
        await connection.ReadEachAsync(
            $"""
            SELECT m.movie_id, m.release_date, m.release_year, m.revenue, c.company_id
            FROM movie m LEFT JOIN movie_company c ON c.movie_id = m.movie_id AND c.since = m.since
            WHERE {AsOf.Build("m")}
            """,
            row =>
            {
                if (!movies.TryGetValue(row.GetInt64(0), out var movie))
                {
                    movies[row.GetInt64(0)] = movie = CreateMovie(row);
                }

                if (!row.IsDBNull(4))
                {
                    movie.Companies.Add(row.GetInt32(4));
                }
            },
            cancellationToken,
            snapshot.Id).ConfigureAwait(false);
        var names = new Dictionary<int, string>();
        await connection.ReadEachAsync("SELECT company_id, name FROM company", row => names[row.GetInt32(0)] = row.GetString(1), cancellationToken).ConfigureAwait(false);
        return new(movies.Values, names, companies.Assign(CompanyOwnership.Resolve(lines)).ToLookup(period => period.CompanyId, period => period.Owned));
    }

    /// <summary>Returns all periods of a company, also those of years without its movies; empty if the list does not name it.</summary>
    public IEnumerable<CompanyOwnership> GetPeriods(int company) => _periods[company];

    /// <summary>Returns the periods in which the movie's companies were when it was released: at most one for each company.</summary>
    public IEnumerable<CompanyOwnership> GetOwners(StudioMovie movie) =>
        movie.Companies.SelectMany(company => _periods[company].Where(period => period.First <= movie.First && period.Last >= movie.Last));

    /// <summary>Like in the dimension <c>studio</c>, a movie without a day belongs to an owner only if it owned the company throughout the year, or always.</summary>
    private static StudioMovie CreateMovie(DbDataReader row)
    {
        var (first, last) = (PartialDate.Earliest, PartialDate.Latest);
        if (!row.IsDBNull(1))
        {
            first = last = row.GetFieldValue<DateOnly>(1);
        }
        else if (!row.IsDBNull(2))
        {
            var year = Convert.ToInt32(row.GetValue(2), CultureInfo.InvariantCulture);
            (first, last) = (new(year, 1, 1), new(year, 12, 31));
        }

        return new(row.IsDBNull(3) ? null : row.GetInt64(3), first, last);
    }
}

/// <param name="Revenue">The revenue in dollars; null if it is unknown.</param>
/// <param name="First">The first day on which it may have been released.</param>
/// <param name="Last">The last day on which it may have been released.</param>
internal sealed record StudioMovie(long? Revenue, DateOnly First, DateOnly Last)
{
    /// <summary>The IDs of its companies.</summary>
    public HashSet<int> Companies { get; } = [];
}

/// <param name="Id">The company's ID in the ledger.</param>
/// <param name="Name">Its name.</param>
/// <param name="Movies">Its movies.</param>
/// <param name="Revenue">The sum of their known revenues.</param>
public sealed record CompanyRevenue(int Id, string Name, long Movies, decimal Revenue);
