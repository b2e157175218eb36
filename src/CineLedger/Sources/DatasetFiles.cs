namespace CineLedger.Sources;

/// <summary>The names by which the files of the dataset are known, wherever they lie.</summary>
public static class DatasetFiles
{
    public const string Movies = "movies_metadata.csv";
    public const string Ratings = "ratings.csv";
    public const string RatingsSmall = "ratings_small.csv";
    public const string Links = "links.csv";
    public const string LinksSmall = "links_small.csv";
    public const string Credits = "credits.csv";
    public const string Keywords = "keywords.csv";

    /// <summary>A file of this name says that the dataset was generated: everything made of it is labelled synthetic.</summary>
    public const string SyntheticMarker = "SYNTHETIC-DATA.txt";

    /// <summary>What the names of files end in that may be of the dataset, whatever they are called.</summary>
    private static readonly string[] Suffixes = [".csv", ".ndjson", ".jsonl"];

    private static readonly string[] Known = [Movies, Ratings, RatingsSmall, Links, LinksSmall, Credits, Keywords];

    /// <summary>The known name that a path ends in, letter case aside; null where it ends in none.</summary>
    internal static string? Recognize(string path)
    {
        // Zips made on Windows may separate by backslashes, which Path.GetFileName takes for letters elsewhere.
        var name = path[(path.LastIndexOfAny(['/', '\\']) + 1)..];
        return Array.Find(Known, known => known.Equals(name, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Whether a file may be one of the dataset under another name, by what the name ends in.</summary>
    internal static bool IsCandidate(string path) =>
        Recognize(path) is null && Array.Exists(Suffixes, suffix => path.EndsWith(suffix, StringComparison.OrdinalIgnoreCase));

    internal static bool IsSyntheticMarker(string path) =>
        path[(path.LastIndexOfAny(['/', '\\']) + 1)..].Equals(SyntheticMarker, StringComparison.OrdinalIgnoreCase);
}
