namespace CineLedger.Sources;

/// <summary>The names of the dataset's files, regardless of their folder.</summary>
public static class DatasetFiles
{
    public const string Movies = "movies_metadata.csv";
    public const string Ratings = "ratings.csv";
    public const string RatingsSmall = "ratings_small.csv";
    public const string Links = "links.csv";
    public const string LinksSmall = "links_small.csv";
    public const string Credits = "credits.csv";
    public const string Keywords = "keywords.csv";

    /// <summary>A file with this name marks a generated dataset. All output from it is labeled synthetic.</summary>
    public const string SyntheticMarker = "SYNTHETIC-DATA.txt";

    /// <summary>The extensions of files that may belong to the dataset under another name.</summary>
    private static readonly string[] Suffixes = [".csv", ".ndjson", ".jsonl"];

    private static readonly string[] Known = [Movies, Ratings, RatingsSmall, Links, LinksSmall, Credits, Keywords];

    /// <summary>Returns the known name that a path ends with, ignoring case; null if there is none.</summary>
    internal static string? Recognize(string path)
    {
        // Zips from Windows may contain backslashes as separators, which Path.GetFileName does not recognize on other systems.
        var name = path[(path.LastIndexOfAny(['/', '\\']) + 1)..];
        return Array.Find(Known, known => known.Equals(name, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Returns true if a file may belong to the dataset under another name, judging by its extension.</summary>
    internal static bool IsCandidate(string path) =>
        Recognize(path) is null && Array.Exists(Suffixes, suffix => path.EndsWith(suffix, StringComparison.OrdinalIgnoreCase));

    internal static bool IsSyntheticMarker(string path) =>
        path[(path.LastIndexOfAny(['/', '\\']) + 1)..].Equals(SyntheticMarker, StringComparison.OrdinalIgnoreCase);
}
