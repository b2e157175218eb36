using System.Text;

namespace CineLedger.Sources;

/// <summary>
/// The first line of a CSV file, read only as far as it takes to tell which file of the dataset it is: a download or a pipe
/// has no name to go by, and people rename files.
/// </summary>
internal static class CsvHeader
{
    // A spreadsheet may have saved with semicolons or tabs; whichever splits most is it.
    private static readonly char[] Separators = [',', ';', '\t'];

    /// <summary>The column names in their order, in lower case and without quotes.</summary>
    public static string[] Columns(ReadOnlySpan<byte> head)
    {
        head = head.StartsWith(Encoding.UTF8.Preamble) ? head[Encoding.UTF8.Preamble.Length..] : head;
        var end = head.IndexOfAny((byte)'\n', (byte)'\r');
        var line = Encoding.UTF8.GetString(end < 0 ? head : head[..end]);

        var names = Separators.Select(separator => line.Split(separator)).MaxBy(names => names.Length)!;
        return Array.ConvertAll(names, name => name.Trim().Trim('"').Trim().ToLowerInvariant());
    }

    /// <summary>The file of the dataset that has such columns, in whatever order; null where none has.</summary>
    public static string? Recognise(IReadOnlyCollection<string> columns)
    {
        var has = columns.ToHashSet(StringComparer.Ordinal);

        // Money comes first: tables of movies that bring their cast or keywords along exist. The id is not asked for, so that
        // a table of movies without one is read and the column that is missing can be named.
        if (has.Overlaps(["budget", "revenue", "release_date"]))
            return DatasetFiles.Movies;
        if (has.IsSupersetOf(["userid", "movieid", "rating"]))
            return DatasetFiles.Ratings;
        if (has.IsSupersetOf(["movieid", "imdbid", "tmdbid"]))
            return DatasetFiles.Links;
        if (has.IsSupersetOf(["cast", "crew"]))
            return DatasetFiles.Credits;
        if (has.Overlaps(["title", "original_title"]))
            return DatasetFiles.Movies;
        return has.Contains("keywords") ? DatasetFiles.Keywords : null;
    }
}
