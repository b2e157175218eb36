using System.Globalization;
using CineLedger.Reports;

namespace CineLedger.Web.Dashboard.Companies;

/// <summary>The movies, years and TMDB IDs of a company over all years.</summary>
/// <param name="Movies">The number of movies, with or without a release date.</param>
/// <param name="FirstYear">The year of the first dated movie; null when there is none.</param>
/// <param name="Ids">The TMDB IDs under which the dataset lists the name, each with its number of movies.</param>
public sealed record CompanyDetails(string Name, long Movies, long DatedMovies, long? FirstYear, long? LastYear, IReadOnlyList<(string Number, long Movies)> Ids)
{
    /// <summary>Returns null when no movie in the snapshot is by the company.</summary>
    public static async Task<CompanyDetails?> ReadAsync(PageRequest request, string name, CancellationToken cancellationToken)
    {
        var rows = (await request.Ledger.ReadTableAsync(
            $"numbers of company {name}", (connection, cancel) => CompanyIds.OpenAsync(connection, name, request.Snapshot, cancel), cancellationToken)).Rows;
        return rows.Count == 0 ? null : new CompanyDetails(
            name,
            rows.Sum(row => row.GetInteger("movies")),
            rows.Sum(row => row.GetInteger("dated")),
            rows.Min(row => (long?)row["first_year"]),
            rows.Max(row => (long?)row["last_year"]),
            [.. rows.Select(row => (row["source_id"] is long id ? id.ToString(CultureInfo.InvariantCulture) : "none", row.GetInteger("movies")))]);
    }
}
