using CineLedger.Reports;

namespace CineLedger.Web.Dashboard.Movies;

/// <summary>What the cleaner did with a movie's records and refused of them.</summary>
/// <param name="Snapshot">Whose load it was.</param>
public sealed record MovieFindings(int Snapshot, TableView Table)
{
    /// <summary>Longer texts, whole records mostly, stand on the page in part.</summary>
    private const int MaxValueLength = 400;

    /// <summary>Those of the load of the page's snapshot; where that has none, as it may have been of other movies, those of the load that the movie is from.</summary>
    public static async Task<MovieFindings> ReadAsync(PageRequest request, long movieId, int since, CancellationToken cancellationToken)
    {
        var (of, found) = (request.Snapshot.Id, await ReadOfLoadAsync(request, movieId, request.Snapshot.Id, cancellationToken));
        if (found.Rows.Count == 0 && since != of)
        {
            (of, found) = (since, await ReadOfLoadAsync(request, movieId, since, cancellationToken));
        }

        return new MovieFindings(of, new TableView(
            "What the cleaner found in this movie's records",
            [new("Rule"), new("What became of it"), new("File"), new("Line", Unit.Year), new("Field"), new("As it was read")],
            [.. found.Rows.Select(row => new TableViewRow(
            [
                new(row["rule"]),
                new(row["kind"]) { Note = row.GetInteger("occurrences") > 1 ? FormattableString.Invariant($"stands for {row["occurrences"]:N0} records, this the first") : null },
                new(row["file"]), new(row["line"]), new(row["field"] ?? "the whole record"), new(Truncate(row.GetText("value"))),
            ]))]));
    }

    private static Task<ResultTable> ReadOfLoadAsync(PageRequest request, long movieId, int snapshot, CancellationToken cancellationToken) => request.Ledger.ReadTableAsync(
        FormattableString.Invariant($"findings {movieId} {snapshot}"),
        (connection, cancel) => FindingList.OpenAsync(connection, new FindingFilter { MovieId = movieId }, snapshot, cancel),
        cancellationToken);

    private static string Truncate(string value) => value.Length <= MaxValueLength
        ? value
        : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{value.AsSpan(0, char.IsHighSurrogate(value[MaxValueLength - 1]) ? MaxValueLength - 1 : MaxValueLength)}… ({value.Length:N0} letters in all)");
}
