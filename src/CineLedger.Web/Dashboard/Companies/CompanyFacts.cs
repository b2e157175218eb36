using System.Globalization;
using CineLedger.Reports;

namespace CineLedger.Web.Dashboard.Companies;

/// <summary>What a company has in all years.</summary>
/// <param name="Films">With and without a release date.</param>
/// <param name="FirstYear">Of the first dated film; null where none is.</param>
/// <param name="Numbers">The dataset's numbers for the name, each with its films.</param>
public sealed record CompanyFacts(string Name, long Films, long Dated, long? FirstYear, long? LastYear, IReadOnlyList<(string Number, long Films)> Numbers)
{
    /// <summary>Null where no film of the snapshot has the company.</summary>
    public static async Task<CompanyFacts?> ReadAsync(PageRequest request, string name, CancellationToken cancellationToken)
    {
        var rows = (await request.Ledger.TableAsync(
            $"numbers of company {name}", (connection, cancel) => CompanyNumbers.OpenAsync(connection, name, request.Snapshot, cancel), cancellationToken)).Rows;
        return rows.Count == 0 ? null : new CompanyFacts(
            name,
            rows.Sum(row => row.Whole("movies")),
            rows.Sum(row => row.Whole("dated")),
            rows.Min(row => (long?)row["first_year"]),
            rows.Max(row => (long?)row["last_year"]),
            [.. rows.Select(row => (row["source_id"] is long id ? id.ToString(CultureInfo.InvariantCulture) : "none", row.Whole("movies")))]);
    }
}
