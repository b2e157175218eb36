using System.Data.Common;
using System.Globalization;
using CineLedger.Storage;
using CineLedger.Storage.Schema;

namespace CineLedger.Reports.Queries;

/// <summary>Says what growth over the years of a query refers to, and how many rows have too few movies for it.</summary>
internal static class GrowthNotes
{
    /// <summary>The number of movies of a year below which the months of their releases say nothing about its completeness.</summary>
    private const int MinMoviesOfYear = 40;

    /// <summary>Reads one sentence for each function, and one if the last year looks incomplete; empty for a query without growth.</summary>
    public static async Task<IReadOnlyList<string>> ReadAsync(DbConnection connection, QueryRequest query, int snapshotId, CancellationToken cancellationToken)
    {
        if (GrowthSql.Create(query) is not { } growth)
        {
            return [];
        }

        var span = YearSpan.Find(query.Where)!;
        var sql = growth.BuildCoverage(snapshotId);
        var counts = (await connection.QueryAsync(
            sql.Text, row => Enumerable.Range(0, growth.Uses.Count + 1).Select(i => row.GetInt64(i)).ToArray(), cancellationToken, [.. sql.Parameters]).ConfigureAwait(false))[0];
        return
        [
            .. growth.Uses.Select((use, i) => BuildNote(use, span, query.MinMovies, counts[0], counts[i + 1])),
            .. await FindIncompleteYearAsync(connection, span.Last, snapshotId, cancellationToken).ConfigureAwait(false) is { } note ? [note] : Array.Empty<string>(),
        ];
    }

    private static string BuildNote(SelectedMeasure use, YearSpan span, int minimum, long rows, long below)
    {
        var isCagr = use.Applied!.Function == GroupFunctions.Cagr;
        var known = use.Applied.Of.GetKnown().Measure;
        var (kind, years) = isCagr ? ("growth", "one of the two years") : ("least-squares trend", "any of the years");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{use.Column} is the {kind} per year from {span.First} to {span.Last}, unknown with fewer than {minimum:N0} {known.ChartTitle ?? known.Title} in {years}: "
            + $"in {below:N0} of {rows:N0} row{(rows == 1 ? "" : "s")} (min-movies changes the minimum).");
    }

    /// <summary>
    /// Returns a note if less than a tenth of a year's movies were released in its last quarter, as in the year in which a dataset ends. In other years it is about a quarter.
    /// </summary>
    private static async Task<string?> FindIncompleteYearAsync(DbConnection connection, int year, int snapshotId, CancellationToken cancellationToken)
    {
        var (movies, last) = (await connection.QueryAsync(
            $"""
            SELECT COUNT(*), COUNT(CASE WHEN m.release_month >= 10 THEN 1 END) FROM movie m
            WHERE {AsOf.Build("m", "$1")} AND m.release_year = $2 AND m.release_month IS NOT NULL AND {UnreleasedMovies.BuildExclusion("m", "$1")}
            """,
            row => (row.GetInt64(0), row.GetInt64(1)),
            cancellationToken,
            snapshotId,
            year).ConfigureAwait(false))[0];
        return movies < MinMoviesOfYear || last * 10 >= movies ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"{year} looks incomplete: only {last:N0} of its {movies:N0} movies were released after September, so growth compares a part of {year} with whole years.");
    }
}
