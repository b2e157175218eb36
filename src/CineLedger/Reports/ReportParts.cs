using System.Data.Common;
using CineLedger.Model;
using CineLedger.Storage;

namespace CineLedger.Reports;

/// <summary>
/// Splits a report on many films by ranges of company names: one after the other the parts give the same rows in the same order, and
/// each sorts and groups only its own. So a report needs no more memory for a million films than for a hundred thousand.
/// </summary>
internal static class ReportParts
{
    private const int FilmsPerPart = 120_000;

    /// <summary>The parts, in their order; the request alone where it is small, or cannot be split.</summary>
    public static async Task<IReadOnlyList<ReportRequest>> SplitAsync(
        DbConnection connection, ReportRequest request, Snapshot snapshot, CancellationToken cancellationToken, int filmsPerPart = FilmsPerPart)
    {
        var parts = (snapshot.Movies + filmsPerPart - 1) / filmsPerPart;
        if (parts < 2 || request.Report == ReportName.Genres || request.Order is not null || request.Limit is not null || request.Offset > 0)
        {
            return [request];
        }

        var starts = await connection.QueryAsync(
            """
            SELECT MIN(name) FROM (SELECT name, NTILE($1) OVER (ORDER BY name) AS part FROM company) named
            GROUP BY part ORDER BY part
            """,
            row => row.GetString(0),
            cancellationToken,
            (int)parts).ConfigureAwait(false);
        return starts.Count < 2
            ? [request]
            : [.. starts.Select((start, i) => request with
            {
                CompanyRange = new NameRange(i == 0 ? null : start, i + 1 < starts.Count ? starts[i + 1] : null),
            })];
    }
}
