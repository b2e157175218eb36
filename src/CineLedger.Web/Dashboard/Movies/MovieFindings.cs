using CineLedger.Reports;

namespace CineLedger.Web.Dashboard.Movies;

/// <summary>The cleaner's findings in the records of a movie.</summary>
/// <param name="Snapshot">The snapshot whose load reported the findings.</param>
public sealed record MovieFindings(int Snapshot, TableView Table)
{
    /// <summary>Longer values, usually whole records, are truncated on the page.</summary>
    private const int MaxValueLength = 400;

    /// <summary>Reads the findings of the load of the page's snapshot or, when that load has none for the movie, of the load that last wrote the movie.</summary>
    public static async Task<MovieFindings> ReadAsync(PageRequest request, long movieId, int since, CancellationToken cancellationToken)
    {
        var (of, found) = (request.Snapshot.Id, await ReadLoadFindingsAsync(request, movieId, request.Snapshot.Id, cancellationToken));
        if (found.Rows.Count == 0 && since != of)
        {
            (of, found) = (since, await ReadLoadFindingsAsync(request, movieId, since, cancellationToken));
        }

        return new MovieFindings(of, new TableView(
            "Findings in the records of this movie",
            [new("Rule"), new("Kind"), new("File"), new("Line", Unit.Year), new("Field"), new("Original value")],
            [.. found.Rows.Select(row => new TableViewRow(
            [
                new(row["rule"]),
                new(row["kind"])
                {
                    Note = row.GetInteger("occurrences") > 1
                        ? FormattableString.Invariant($"represents {row["occurrences"]:N0} records, of which this is the first")
                        : null,
                },
                new(row["file"]), new(row["line"]), new(row["field"] ?? "the whole record"), new(Truncate(row.GetText("value"))),
            ]))]));
    }

    private static Task<ResultTable> ReadLoadFindingsAsync(PageRequest request, long movieId, int snapshot, CancellationToken cancellationToken) => request.Ledger.ReadTableAsync(
        FormattableString.Invariant($"findings {movieId} {snapshot}"),
        (connection, cancel) => FindingList.OpenAsync(connection, new FindingFilter { MovieId = movieId }, snapshot, cancel),
        cancellationToken);

    private static string Truncate(string value) => value.Length <= MaxValueLength
        ? value
        : string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{value.AsSpan(0, char.IsHighSurrogate(value[MaxValueLength - 1]) ? MaxValueLength - 1 : MaxValueLength)}… ({value.Length:N0} characters in total)");
}
