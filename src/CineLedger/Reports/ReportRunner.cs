using System.Data.Common;
using CineLedger.Model;
using CineLedger.Storage;

namespace CineLedger.Reports;

/// <summary>Runs reports against a store.</summary>
public static class ReportRunner
{
    /// <summary>Opens the rows of a report; dispose the result. Columns are those of <see cref="ReportSql.Columns"/>.</summary>
    public static async Task<DbResult> OpenAsync(
        DbConnection connection, ReportRequest request, Snapshot snapshot, CancellationToken cancellationToken)
    {
        if (request.Popularity is Popularity.Ratings or Popularity.RatingsCount)
        {
            await Migrations.RequireRatingsAsync(connection, cancellationToken).ConfigureAwait(false);
        }

        var sql = ReportSql.Build(request, snapshot.Id);
        return await DbResult.OpenAsync(connection, sql, ReportSql.Columns(request), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What the report rests on.</summary>
    public static async Task<Coverage> ReadCoverageAsync(
        DbConnection connection, ReportRequest request, Snapshot snapshot, CancellationToken cancellationToken)
    {
        var dated = await CountAsync(dated: true).ConfigureAwait(false);
        var undated = await CountAsync(dated: false).ConfigureAwait(false);
        return new Coverage(dated.Films, undated.Films, dated.BudgetKnown, dated.RevenueKnown);

        async Task<(long Films, long BudgetKnown, long RevenueKnown)> CountAsync(bool dated)
        {
            var sql = ReportSql.BuildCoverage(request with { Popularity = Popularity.Popularity }, snapshot.Id, dated);
            var rows = await connection.QueryAsync(
                sql.Text, row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)), cancellationToken, [.. sql.Parameters]).ConfigureAwait(false);
            return rows[0];
        }
    }

    /// <summary>Names like the unknown ones among <paramref name="names"/>: what a user may have meant. Empty where all are known.</summary>
    public static async Task<IReadOnlyList<(string Name, IReadOnlyList<string> Similar)>> FindUnknownAsync(
        DbConnection connection, string dimension, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var unknown = new List<(string, IReadOnlyList<string>)>();
        foreach (var name in names)
        {
            var known = await connection.ScalarAsync($"SELECT 1 FROM {dimension} WHERE name = $1", cancellationToken, name).ConfigureAwait(false);
            if (known is null)
            {
                var similar = await connection.QueryAsync(
                    $"SELECT name FROM {dimension} WHERE LOWER(name) LIKE '%' || LOWER($1) || '%' ORDER BY LENGTH(name), name LIMIT 3",
                    row => row.GetString(0),
                    cancellationToken,
                    name).ConfigureAwait(false);
                unknown.Add((name, similar));
            }
        }

        return unknown;
    }
}

/// <summary>What a report rests on, so that nobody takes a sum of few known amounts for all.</summary>
/// <param name="Films">Films that the report counts, each once.</param>
/// <param name="Undated">Films left out because they have no release date.</param>
/// <param name="BudgetKnown">Of the films, those with a known budget.</param>
/// <param name="RevenueKnown">Of the films, those with a known revenue.</param>
public sealed record Coverage(long Films, long Undated, long BudgetKnown, long RevenueKnown);
