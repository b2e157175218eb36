using CineLedger.Reports;

namespace CineLedger.Web.Dashboard;

/// <summary>Reads the years of the ledger, or those of one company, genre …</summary>
internal static class YearTimeline
{
    /// <param name="ledger">The ledger as of a snapshot.</param>
    /// <param name="where">The condition on the movies to count, as in <c>/api/v1/query</c>; null for all. Which months are complete depends on all movies.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public static async Task<LedgerYears> ReadAsync(PageLedger ledger, string? where, CancellationToken cancellationToken)
    {
        var all = await ledger.ReadAsync("years", (connection, cancel) => LedgerYears.ReadAsync(connection, ledger.Snapshot, cancel), cancellationToken);
        if (where is null)
        {
            return all;
        }

        var query = new PageQuery { By = ["year"], Measures = ["releases", "revenue_known"], Where = [where] };
        var years = await ledger.QueryAsync(query.CreateRequest(new()), cancellationToken);
        return LedgerYears.Create(
            [.. years.Rows.Select(row => new LedgerYear((int)row.GetInteger("year"), row.GetInteger("releases"), row.GetInteger("revenue_known")))], all.CompleteTo);
    }
}
