using CineLedger.Reports;

namespace CineLedger.Web.Dashboard.Films;

/// <summary>What the cleaner did with a film's records and refused of them.</summary>
/// <param name="Snapshot">Whose load it was.</param>
public sealed record FilmFindings(int Snapshot, TableView Table)
{
    /// <summary>Longer texts, whole records mostly, stand on the page in part.</summary>
    private const int LongestValue = 400;

    /// <summary>Those of the load of the page's snapshot; where that has none, as it may have been of other films, those of the load that the film is from.</summary>
    public static async Task<FilmFindings> ReadAsync(PageRequest request, long movieId, int since, CancellationToken cancellationToken)
    {
        var (of, found) = (request.Snapshot.Id, await OfLoadAsync(request, movieId, request.Snapshot.Id, cancellationToken));
        if (found.Rows.Count == 0 && since != of)
        {
            (of, found) = (since, await OfLoadAsync(request, movieId, since, cancellationToken));
        }

        return new FilmFindings(of, new TableView(
            "What the cleaner found in this film's records",
            [new("Rule"), new("What became of it"), new("File"), new("Line", Unit.Year), new("Field"), new("As it was read")],
            [.. found.Rows.Select(row => new TableRow(
            [
                new(row["rule"]),
                new(row["kind"]) { Note = row.Whole("occurrences") > 1 ? FormattableString.Invariant($"stands for {row["occurrences"]:N0} records, this the first") : null },
                new(row["file"]), new(row["line"]), new(row["field"] ?? "the whole record"), new(Shown(row.Text("value"))),
            ]))]));
    }

    private static Task<ResultTable> OfLoadAsync(PageRequest request, long movieId, int snapshot, CancellationToken cancellationToken) => request.Ledger.TableAsync(
        FormattableString.Invariant($"findings {movieId} {snapshot}"),
        (connection, cancel) => FindingList.OpenAsync(connection, new FindingFilter { MovieId = movieId }, snapshot, cancel),
        cancellationToken);

    private static string Shown(string value) => value.Length <= LongestValue
        ? value
        : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{value.AsSpan(0, char.IsHighSurrogate(value[LongestValue - 1]) ? LongestValue - 1 : LongestValue)}… ({value.Length:N0} letters in all)");
}
