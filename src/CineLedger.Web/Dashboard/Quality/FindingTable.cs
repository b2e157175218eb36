using System.Globalization;
using CineLedger.Web.Dashboard.Movies;

namespace CineLedger.Web.Dashboard.Quality;

/// <summary>Findings as a table: where each stands, what it is about, and the text as it was read.</summary>
internal static class FindingTable
{
    public static TableView Create(ResultTable found, PageState state)
    {
        var occurs = found.Rows.Any(row => row.GetInteger("occurrences") > 1);
        IReadOnlyList<ResultColumn> columns =
        [
            new("rule", "Rule") { Link = row => FindingSearch.GetLink(state, rule: row.GetText("rule")), Note = row => RuleDescriptions.GetDescription(row.GetText("rule")) },
            new("kind", "Kind"),
            new("file", "File"),
            new("line", "Line", Unit.Year) { Explanation = "the line of the file on which the record starts" },
            new("movie_id", "Movie", Unit.Year) { Link = row => row["movie_id"] is long id ? MovieLinks.GetMoviePath(state, id) : null, Explanation = "TMDB's number of the movie" },
            new("field", "Field"),
            new("value", "As it was read"),
            .. occurs ? (ResultColumn[])[new("occurrences", "Times", Unit.Count) { Explanation = "one finding may stand for many records" }] : [],
        ];
        var table = TableView.Create("Findings", found, columns) with { EmptyText = "No finding fits." };
        var value = columns.Select(column => column.Source).ToList().IndexOf("value");
        return table with { Rows = [.. table.Rows.Select(row => row with { Cells = [.. row.Cells.Select((cell, i) => i == value ? Truncate(cell) : cell)] })] };
    }

    /// <summary>Rejected records stand there whole: what is cut off is there on hover, and in the files to take along.</summary>
    internal static TableViewCell Truncate(TableViewCell cell) => cell.Value is string { Length: > MaxValueLength } text
        ? cell with
        {
            Value = string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[MaxValueLength - 1]) ? MaxValueLength - 1 : MaxValueLength), "…"),
            Note = text.Length <= MaxNoteLength ? text : string.Create(CultureInfo.InvariantCulture, $"{text.Length:N0} characters: take the CSV along to see all"),
        }
        : cell;

    private const int MaxValueLength = 160;
    private const int MaxNoteLength = 1_500;
}
