using System.Data.Common;
using CineLedger.Model;
using CineLedger.Reports.Queries;
using CineLedger.Storage;
using CineLedger.Storage.Schema;

namespace CineLedger.Reports;

/// <summary>Runs reports and queries against a store.</summary>
public static class ReportRunner
{
    /// <summary>Opens the rows of a report; dispose the result. Columns are those of <see cref="ReportSql.GetColumns"/>.</summary>
    public static Task<DbResult> OpenAsync(DbConnection connection, ReportRequest request, Snapshot snapshot, CancellationToken cancellationToken) =>
        OpenAsync(connection, ReportSql.CreateQuery(request), snapshot, cancellationToken);

    /// <summary>Opens the rows of a query; dispose the result. Columns are those of <see cref="QueryColumns"/>.</summary>
    public static async Task<DbResult> OpenAsync(DbConnection connection, QueryRequest query, Snapshot snapshot, CancellationToken cancellationToken)
    {
        var sql = QuerySql.Build(query, snapshot.Id);
        await RequireTablesAsync(connection, query, cancellationToken).ConfigureAwait(false);
        return await DbResult.OpenAsync(connection, sql, QueryColumns.Get(query), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A ledger that an older program wrote and nobody may write to now lacks the tables beside movies.</summary>
    private static async Task RequireTablesAsync(DbConnection connection, QueryRequest query, CancellationToken cancellationToken)
    {
        if (query.NeedsRelatedTables)
        {
            await Migrations.RequireRatingsAsync(connection, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>What the report rests on.</summary>
    public static Task<Coverage> ReadCoverageAsync(
        DbConnection connection, ReportRequest request, Snapshot snapshot, CancellationToken cancellationToken) =>
        ReadCoverageAsync(connection, ReportSql.CreateQuery(request), snapshot, cancellationToken);

    /// <summary>What the query rests on.</summary>
    public static async Task<Coverage> ReadCoverageAsync(
        DbConnection connection, QueryRequest query, Snapshot snapshot, CancellationToken cancellationToken)
    {
        await RequireTablesAsync(connection, query, cancellationToken).ConfigureAwait(false);
        var (movies, budgetKnown, revenueKnown) = await CountAsync(QuerySql.BuildCoverage(query, snapshot.Id, dated: true)).ConfigureAwait(false);
        var undated = query.IsOfTime ? (await CountAsync(QuerySql.BuildCoverage(query, snapshot.Id, dated: false)).ConfigureAwait(false)).Movies : 0;
        return new Coverage(movies, undated, budgetKnown, revenueKnown);

        async Task<(long Movies, long BudgetKnown, long RevenueKnown)> CountAsync(SqlBuilder sql)
        {
            var rows = await connection.QueryAsync(
                sql.Text, row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)), cancellationToken, [.. sql.Parameters]).ConfigureAwait(false);
            return rows[0];
        }
    }
}

/// <summary>What a report rests on, so that nobody takes a sum of few known amounts for all.</summary>
/// <param name="Movies">Movies that the report counts, each once.</param>
/// <param name="Undated">Movies left out because they have no release date.</param>
/// <param name="BudgetKnown">Of the movies, those with a known budget.</param>
/// <param name="RevenueKnown">Of the movies, those with a known revenue.</param>
public sealed record Coverage(long Movies, long Undated, long BudgetKnown, long RevenueKnown);
