using System.Globalization;
using CineLedger.Web.Dashboard.Films;

namespace CineLedger.Web.Dashboard.Quality;

/// <summary>Findings as a table: where each stands, what it is about, and the text as it was read.</summary>
internal static class FindingTable
{
    public static TableView Of(ResultTable found, PageState state)
    {
        var occurs = found.Rows.Any(row => row.Whole("occurrences") > 1);
        IReadOnlyList<DataColumn> columns =
        [
            new("rule", "Rule") { Link = row => FindingSearch.Link(state, rule: row.Text("rule")), Note = row => RuleMeaning.Of(row.Text("rule")) },
            new("kind", "Kind"),
            new("file", "File"),
            new("line", "Line", Unit.Year) { Explanation = "the line of the file on which the record starts" },
            new("movie_id", "Film", Unit.Year) { Link = row => row["movie_id"] is long id ? FilmLinks.To(state, id) : null, Explanation = "TMDB's number of the film" },
            new("field", "Field"),
            new("value", "As it was read"),
            .. occurs ? (DataColumn[])[new("occurrences", "Times", Unit.Count) { Explanation = "one finding may stand for many records" }] : [],
        ];
        var table = TableView.Of("Findings", found, columns) with { Empty = "No finding fits." };
        var value = columns.Select(column => column.Source).ToList().IndexOf("value");
        return table with { Rows = [.. table.Rows.Select(row => row with { Cells = [.. row.Cells.Select((cell, i) => i == value ? Shortened(cell) : cell)] })] };
    }

    /// <summary>Rejected records stand there whole: what is cut off is there on hover, and in the files to take along.</summary>
    internal static Cell Shortened(Cell cell) => cell.Value is string { Length: > LongestShown } text
        ? cell with
        {
            Value = string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[LongestShown - 1]) ? LongestShown - 1 : LongestShown), "…"),
            Note = text.Length <= LongestNote ? text : string.Create(CultureInfo.InvariantCulture, $"{text.Length:N0} characters: take the CSV along to see all"),
        }
        : cell;

    private const int LongestShown = 160;
    private const int LongestNote = 1_500;
}
