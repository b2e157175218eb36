using System.Data.Common;
using System.Globalization;
using CineLedger.Model;
using CineLedger.Storage;

namespace CineLedger.Reports.Queries;

/// <summary>Says what growth over the years of a query refers to, and how many rows have too few movies for it.</summary>
internal static class GrowthNotes
{
    /// <summary>Reads one sentence for each function, and one if the last year is incomplete; empty for a query without growth.</summary>
    public static async Task<IReadOnlyList<string>> ReadAsync(DbConnection connection, QueryRequest query, Snapshot snapshot, CancellationToken cancellationToken)
    {
        if (GrowthSql.Create(query) is not { } growth)
        {
            return [];
        }

        var span = YearSpan.Find(query.Where)!;
        var sql = growth.BuildCoverage(snapshot.Id);
        var counts = (await connection.QueryAsync(
            sql.Text, row => Enumerable.Range(0, growth.Uses.Count + 1).Select(i => row.GetInt64(i)).ToArray(), cancellationToken, [.. sql.Parameters]).ConfigureAwait(false))[0];
        var years = await LedgerYears.ReadAsync(connection, snapshot, cancellationToken).ConfigureAwait(false);
        return
        [
            .. growth.Uses.Select((use, i) => BuildNote(use, span, query.MinMovies, counts[0], counts[i + 1])),
            .. years.IsComplete(span.Last) ? Array.Empty<string>() :
            [
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{span.Last} is incomplete: {years.IncompleteReason}, so growth compares a part of {span.Last} with whole years."),
            ],
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
}
