using System.Globalization;
using CineLedger.Web.Dashboard.Movies;

namespace CineLedger.Web.Dashboard.Quality;

/// <summary>The table of findings: file and line, movie and field, and the original value.</summary>
internal static class FindingTable
{
    public static TableView Create(ResultTable found, ListedMovies listed, PageState state)
    {
        var occurs = found.Rows.Any(row => row.GetInteger("occurrences") > 1);
        IReadOnlyList<ResultColumn> columns =
        [
            new("rule", "Rule") { Link = row => FindingSearch.GetLink(state, rule: row.GetText("rule")), Note = row => RuleDescriptions.GetDescription(row.GetText("rule")) },
            new("kind", "Kind"),
            new("file", "File"),
            new("line", "Line", Unit.Year) { Explanation = "the line of the file on which the record starts" },
            new("movie_id", "TMDB ID", Unit.Year) { Link = row => row["movie_id"] is long id && listed.Contains(id) ? MovieLinks.GetMoviePath(state, id) : null, Explanation = "the movie that the record describes" },
            new("field", "Field"),
            new("value", "Original value"),
            .. occurs ? (ResultColumn[])[new("occurrences", "Occurrences", Unit.Count) { Explanation = "number of records that the finding represents" }] : [],
        ];
        var table = TableView.Create("Findings", found, columns) with { EmptyText = "No matching findings." };
        var value = columns.Select(column => column.Source).ToList().IndexOf("value");
        return table with { Rows = [.. table.Rows.Select(row => row with { Cells = [.. row.Cells.Select((cell, i) => i == value ? Truncate(cell) : cell)] })] };
    }

    /// <summary>Truncates long values, such as rejected records. The full text is shown on hover and is in the downloads.</summary>
    internal static TableViewCell Truncate(TableViewCell cell) => cell.Value is string { Length: > MaxValueLength } text
        ? cell with
        {
            Value = string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[MaxValueLength - 1]) ? MaxValueLength - 1 : MaxValueLength), "…"),
            Note = text.Length <= MaxNoteLength ? text : string.Create(CultureInfo.InvariantCulture, $"{text.Length:N0} characters; download the CSV for the full text"),
        }
        : cell;

    private const int MaxValueLength = 160;
    private const int MaxNoteLength = 1_500;
}
