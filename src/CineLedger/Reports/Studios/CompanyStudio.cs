using System.Data.Common;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.Schema;

namespace CineLedger.Reports.Studios;

/// <summary>A time in which a company belonged to a studio, or to none.</summary>
/// <param name="Studio">The studio's name; null if the company was independent.</param>
/// <param name="First">The first day; <see cref="PartialDate.Earliest"/> if there is no known beginning.</param>
/// <param name="Last">The last day; <see cref="PartialDate.Latest"/> if it has not ended.</param>
public sealed record CompanyStudio(string? Studio, DateOnly First, DateOnly Last)
{
    /// <summary>Returns the studios of a company, in order of time; empty if the list of studios does not name the company.</summary>
    public static async Task<IReadOnlyList<CompanyStudio>> ReadAsync(DbConnection connection, string company, int snapshotId, CancellationToken cancellationToken) =>
        await connection.QueryAsync(
            $"""
            SELECT t.name, s.owned_from, s.owned_to
            FROM company_studio s LEFT JOIN studio t ON t.studio_id = s.studio_id
            WHERE {AsOf.Build("s")} AND s.company_id IN (SELECT c.company_id FROM company c WHERE c.name = $2)
            ORDER BY s.owned_from
            """,
            row => new CompanyStudio(row.IsDBNull(0) ? null : row.GetString(0), row.GetFieldValue<DateOnly>(1), row.GetFieldValue<DateOnly>(2)),
            cancellationToken,
            snapshotId,
            company).ConfigureAwait(false);
}
