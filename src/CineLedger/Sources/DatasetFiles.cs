using CineLedger.Sources.Kinds;

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

    /// <summary>A list of studios for a first load. Unlike the other files, it is optional in every respect: a wrong one is ignored.</summary>
    public const string Studios = "studios.csv";

    /// <summary>A file with this name marks a generated dataset. All output from it is labeled synthetic.</summary>
    public const string SyntheticMarker = "SYNTHETIC-DATA.txt";

    /// <summary>The extensions of files that may belong to the dataset under another name.</summary>
    private static readonly string[] Suffixes = [".csv", ".tsv", ".txt", ".json", ".ndjson", ".jsonl"];

    private static readonly string[] Known = [Movies, Ratings, RatingsSmall, Links, LinksSmall, Credits, Keywords];

    /// <summary>
    /// Describes a file of a known kind that is not part of the dataset, such as a list of ids or a web page, and says what to do instead. Returns null for any
    /// other file.
    /// </summary>
    /// <param name="head">The file's first bytes, which may end anywhere.</param>
    public static string? DescribeOtherKind(ReadOnlyMemory<byte> head) =>
        new FileHead(head) is var file && FileKinds.FindIndex(file) is { } index ? FileKinds.All[index].Describe(file) : null;

    /// <summary>Returns the known name that a path ends with, ignoring case; null if there is none.</summary>
    internal static string? Recognize(string path)
    {
        var name = RemoveGzip(GetName(path));
        return Array.Find(Known, known => known.Equals(name, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Returns true if a file may belong to the dataset under another name, judging by its extension.</summary>
    internal static bool IsCandidate(string path) =>
        Recognize(path) is null && Array.Exists(Suffixes, suffix => RemoveGzip(path).EndsWith(suffix, StringComparison.OrdinalIgnoreCase));

    private static string RemoveGzip(string path) => path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;

    /// <summary>Returns true for the names of MovieLens' files.</summary>
    internal static bool IsFromMovieLens(string name) => name is Ratings or RatingsSmall or Links or LinksSmall;

    internal static bool IsSyntheticMarker(string path) => IsNamed(path, SyntheticMarker);

    /// <summary>Returns true if the last part of a path is the given name, ignoring case.</summary>
    internal static bool IsNamed(string path, string name) => GetName(path).Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Returns the last part of a path. Zips from Windows may contain backslashes as separators, which Path.GetFileName does not recognize on other systems.</summary>
    private static string GetName(string path) => path[(path.LastIndexOfAny(['/', '\\']) + 1)..];
}
