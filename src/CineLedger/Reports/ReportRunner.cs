using System.Data.Common;
using System.Globalization;
using CineLedger.Model;
using CineLedger.Reports.Queries;
using CineLedger.Storage;
using CineLedger.Storage.Schema;
using CineLedger.Storage.Snapshots;

namespace CineLedger.Reports;

/// <summary>Runs reports and queries against a store.</summary>
public static class ReportRunner
{
    /// <summary>Opens the rows of a report, with the columns of <see cref="ReportSql.GetColumns"/>. The caller disposes the result.</summary>
    public static Task<DbResult> OpenAsync(DbConnection connection, ReportRequest request, Snapshot snapshot, CancellationToken cancellationToken) =>
        OpenAsync(connection, ReportSql.CreateQuery(request), snapshot, cancellationToken);

    /// <summary>
    /// Opens the rows of a query, with the columns of <see cref="QueryColumns"/> unless it is pivoted. The caller disposes the result. Throws
    /// <see cref="UsageException"/> when the query is invalid or a pivoted result is too large.
    /// </summary>
    public static async Task<DbResult> OpenAsync(DbConnection connection, QueryRequest query, Snapshot snapshot, CancellationToken cancellationToken)
    {
        QueryChecks.Check(query);
        await RequireTablesAsync(connection, query, cancellationToken).ConfigureAwait(false);
        if (query.CompareSnapshot is { } older)
        {
            await SnapshotRows.FindAsync(connection, older, cancellationToken).ConfigureAwait(false);
        }

        if (query.Pivot is not null)
        {
            return await PivotQuery.Create(query).OpenAsync(connection, snapshot.Id, cancellationToken).ConfigureAwait(false);
        }

        var hasTotals = TotalsSql.Covers(query) && await TotalRows.ExistAsync(connection, snapshot.Id, cancellationToken).ConfigureAwait(false);
        return await DbResult.OpenAsync(connection, QuerySql.Build(query, snapshot.Id, hasTotals), QueryColumns.Get(query), cancellationToken).ConfigureAwait(false) with
        {
            TotalRows = query.Totals && query.By.Count > 0 ? 1 : 0,
        };
    }

    /// <summary>Counts the rows of a query without its limit. The query has no totals and is not pivoted.</summary>
    public static async Task<long> CountRowsAsync(DbConnection connection, QueryRequest query, Snapshot snapshot, CancellationToken cancellationToken)
    {
        await RequireTablesAsync(connection, query, cancellationToken).ConfigureAwait(false);
        var sql = QuerySql.BuildCount(query, snapshot.Id, await TotalRows.ExistAsync(connection, snapshot.Id, cancellationToken).ConfigureAwait(false));
        return (long)(await connection.ExecuteScalarAsync(sql.Text, cancellationToken, [.. sql.Parameters]).ConfigureAwait(false))!;
    }

    /// <summary>Throws when the query needs related tables that are missing, as in a read-only ledger written by an older version.</summary>
    internal static async Task RequireTablesAsync(DbConnection connection, QueryRequest query, CancellationToken cancellationToken)
    {
        if (query.NeedsStudios)
        {
            await Migrations.RequireStudiosAsync(connection, cancellationToken).ConfigureAwait(false);
        }

        if (query.NeedsRelatedTables)
        {
            await Migrations.RequireRatingsAsync(connection, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Counts the movies and known amounts behind a report.</summary>
    public static Task<Coverage> ReadCoverageAsync(
        DbConnection connection, ReportRequest request, Snapshot snapshot, CancellationToken cancellationToken) =>
        ReadCoverageAsync(connection, ReportSql.CreateQuery(request), snapshot, cancellationToken);

    /// <summary>Counts the movies and known amounts behind a query.</summary>
    public static async Task<Coverage> ReadCoverageAsync(
        DbConnection connection, QueryRequest query, Snapshot snapshot, CancellationToken cancellationToken)
    {
        await RequireTablesAsync(connection, query, cancellationToken).ConfigureAwait(false);
        var (movies, budgetKnown, revenueKnown, unreleased) = await CountAsync(QuerySql.BuildCoverage(query, snapshot.Id, dated: true)).ConfigureAwait(false);
        var undated = query.IsTimeBased ? (await CountAsync(QuerySql.BuildCoverage(query, snapshot.Id, dated: false)).ConfigureAwait(false)).Movies : 0;
        var missing = await MissingColumns.FindNotesAsync(connection, query, snapshot.Id, cancellationToken).ConfigureAwait(false);
        var growth = await GrowthNotes.ReadAsync(connection, query, snapshot, cancellationToken).ConfigureAwait(false);
        return new Coverage(movies, undated, budgetKnown, revenueKnown)
        {
            Unreleased = unreleased,
            ShareOf = query.HasShare && await CountAsync(QuerySql.BuildCoverage(query.ToWhole(), snapshot.Id, dated: true)).ConfigureAwait(false) is var (all, budgets, revenues, _)
                ? new AmountCoverage(all, budgets, revenues)
                : null,
            Notes = growth.Count == 0 ? missing : [.. missing, .. growth],
        };

        async Task<(long Movies, long BudgetKnown, long RevenueKnown, long Unreleased)> CountAsync(SqlBuilder sql)
        {
            var rows = await connection.QueryAsync(
                sql.Text, row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)), cancellationToken, [.. sql.Parameters]).ConfigureAwait(false);
            return rows[0];
        }
    }
}

/// <summary>The movies and known amounts behind a report, shown so that a sum of a few known amounts is not mistaken for the total.</summary>
/// <param name="Movies">Movies that the report counts, each once.</param>
/// <param name="Undated">Movies excluded because they have no release date.</param>
/// <param name="BudgetKnown">Movies with a known budget.</param>
/// <param name="RevenueKnown">Movies with a known revenue.</param>
public sealed record Coverage(long Movies, long Undated, long BudgetKnown, long RevenueKnown)
{
    /// <summary>Planned and rumored movies that are excluded because they are dated after the snapshot.</summary>
    public long Unreleased { get; init; }

    /// <summary>One sentence for each column that the report uses but its source does not have, and for each measure of growth.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The movies that shares refer to; null without shares.</summary>
    public AmountCoverage? ShareOf { get; init; }

    /// <summary>The notes, and those about the excluded movies and the movies that shares refer to.</summary>
    public IReadOnlyList<string> AllNotes =>
    [
        .. Notes,
        .. GetUnreleasedNote() is { } note ? [note] : Array.Empty<string>(),
        .. ShareOf is { } all
            ? [string.Create(CultureInfo.InvariantCulture, $"Shares refer to {all.Movies:N0} movies (budget known for {all.Budgets:N0}, revenue for {all.Revenues:N0}).")]
            : Array.Empty<string>(),
    ];

    /// <summary>Returns the note about the number of excluded movies; null if there are none.</summary>
    private string? GetUnreleasedNote() =>
        Unreleased == 0 ? null
        : Unreleased == 1 ? "1 planned or rumored movie dated after the snapshot is not counted; a condition on status, such as status=Planned, includes it."
        : FormattableString.Invariant($"{Unreleased:N0} planned or rumored movies dated after the snapshot are not counted; a condition on status, such as status=Planned, includes them.");
}
