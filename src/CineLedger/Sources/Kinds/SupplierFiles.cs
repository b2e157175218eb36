using System.Buffers.Text;
using System.Globalization;

namespace CineLedger.Sources.Kinds;

/// <summary>Recognizes text files of other suppliers and formats, by their JSON members, columns or first words.</summary>
internal static class SupplierFiles
{
    private static readonly string[] IdExportMembers = ["adult", "id", "original_title", "popularity", "video"];

    /// <summary>Lines of JSON, or the same converted to CSV.</summary>
    public static bool IsMovieIdExport(FileHead head) => head.Json is { } json
        ? json.AllHave("id", "original_title", "popularity") && json.HasOnly(IdExportMembers)
        : head.HasColumns("id", "original_title", "popularity") && head.Columns.All(IdExportMembers.Contains);

    /// <summary>A page of results, or the results alone as a list or as lines. They have numbers of genres in place of names.</summary>
    public static bool IsMovieList(FileHead head) => head.Json is { } json
        && (json.AllHave("page", "results") || json.Items.Contains("genre_ids") || (json.AllHave("id", "genre_ids") && !json.HasAny("genres", "budget", "revenue")));

    public static bool IsNameExport(FileHead head) => head.Json is { IsLines: true } json
        && (json.AllHave("id", "name") || json.AllHave("id", "original_name")) && json.HasOnly("adult", "id", "name", "original_name", "popularity");

    public static bool IsMovieCredits(FileHead head) => head.Json is { } json && json.AllHave("cast", "crew") && !json.HasAny("title", "budget");

    public static bool IsMovieKeywords(FileHead head) => head.Json is { } json && json.AllHave("id", "keywords") && json.HasOnly("id", "keywords");

    public static bool IsMovieLensMovies(FileHead head) => IsTableWithoutMovies(head, "movieid", "title", "genres");

    public static bool IsMovieLensTags(FileHead head) => head.HasColumns("movieid", "tag") || head.HasColumns("tagid", "tag") || head.HasColumns("movieid", "tagid");

    public static bool IsBoxOffice(FileHead head) => !head.HasColumns("revenue")
        && (head.HasColumns("worldwide", "domestic") || head.Columns.Any(column => column.Replace('_', ' ').Replace('-', ' ') is var name
            && (name.Contains("gross", StringComparison.Ordinal) || name.Contains("box office", StringComparison.Ordinal))));

    /// <summary>Returns whether a table has these columns but none of those that only tables of movies have.</summary>
    public static bool IsTableWithoutMovies(FileHead head, params ReadOnlySpan<string> columns) =>
        head.HasColumns(columns) && !head.Columns.Any(SupplierLayout.MovieOnlyColumns.Contains);

    public static bool IsHeaderless(FileHead head) => SupplierLayout.Find(head.Columns) is null && CsvFormat.IsRecord(head.Columns);

    public static bool IsNotebook(FileHead head) =>
        head.Json is { } json && json.HasAny("cells", "worksheets", "nbformat") && (head.Contains("\"cell_type\"") || head.Contains("\"nbformat\""));

    public static bool IsWebPage(FileHead head) => head.Text is [(byte)'<', ..]
        && (head.Contains("<html") || head.Contains("<!doctype html") || head.Contains("<head") || head.Contains("<body"));

    /// <summary>Describes the size of the file for which a Git LFS pointer stands, from its line <c>size 34445126</c>.</summary>
    public static string DescribePointer(FileHead head)
    {
        var label = "\nsize "u8;
        var at = head.Bytes.IndexOf(label);
        return at >= 0 && Utf8Parser.TryParse(head.Bytes[(at + label.Length)..], out long size, out _)
            ? string.Create(CultureInfo.InvariantCulture, $" to a file of {size:N0} bytes")
            : "";
    }
}
