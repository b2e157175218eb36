namespace CineLedger.Sources;

/// <summary>
/// A supplier's layout of one file of the dataset: how its header is recognized, and its column names. To add a layout, add an entry to <see cref="All"/>.
/// How lists are written is determined from their values.
/// </summary>
public sealed record SupplierLayout
{
    /// <summary>Columns that only tables of movies have. Such a table may also contain cast or keywords.</summary>
    internal static readonly string[] MovieOnlyColumns = ["budget", "revenue", "release_date"];

    private static readonly Dictionary<string, string> TmdbId = new(StringComparer.OrdinalIgnoreCase) { ["tmdb_id"] = "id" };

    private static readonly Dictionary<string, string> TmdbOrMovieId = new(TmdbId, StringComparer.OrdinalIgnoreCase) { ["movie_id"] = "id" };

    /// <summary>All layouts. The first one that matches a header applies.</summary>
    public static IReadOnlyList<SupplierLayout> All { get; } =
    [
        // Published as tmdb-movies.csv. A spreadsheet in US English saved it: "6/9/15" is June 9.
        new() { Name = "TMDB movies with inflation-adjusted amounts", File = DatasetFiles.Movies, Aliases = TmdbId, HasAll = ["release_year", "budget_adj", "revenue_adj"], IsMonthFirst = true },

        // The id is not required here, so that a table of movies without one is recognized and the error can name the missing column.
        new() { Name = "The Movies Dataset", File = DatasetFiles.Movies, Aliases = TmdbId, HasAny = MovieOnlyColumns },
        new() { Name = "MovieLens ratings", File = DatasetFiles.Ratings, HasAll = ["userId", "movieId", "rating"] },
        new() { Name = "MovieLens links", File = DatasetFiles.Links, HasAll = ["movieId", "imdbId", "tmdbId"] },
        new() { Name = "The Movies Dataset, credits", File = DatasetFiles.Credits, Aliases = TmdbOrMovieId, HasAll = ["cast", "crew"] },
        new() { Name = "The Movies Dataset, cut", File = DatasetFiles.Movies, Aliases = TmdbId, HasAny = ["title", "original_title"] },
        new() { Name = "The Movies Dataset, keywords", File = DatasetFiles.Keywords, Aliases = TmdbOrMovieId, HasAll = ["keywords"] },
    ];

    public required string Name { get; init; }

    /// <summary>The dataset's name for files in this layout; see <see cref="DatasetFiles"/>.</summary>
    public required string File { get; init; }

    /// <summary>Columns of which a header must have all. See also <see cref="HasAny"/> (at least one).</summary>
    public IReadOnlyList<string> HasAll { get; private init; } = [];
    public IReadOnlyList<string> HasAny { get; private init; } = [];

    /// <summary>Alternative column names, mapped to the ledger's names. They apply if the header lacks the ledger's name.</summary>
    public IReadOnlyDictionary<string, string> Aliases { get; private init; } = new Dictionary<string, string>();

    /// <summary>True if the supplier writes short dates such as <c>6/9/15</c> with the month first, which the file may not show.</summary>
    public bool IsMonthFirst { get; private init; }

    /// <summary>Returns the layout of a header; null if none matches. Names are compared case-insensitively.</summary>
    public static SupplierLayout? Find(IEnumerable<string> header)
    {
        var names = ToNameSet(header);
        return All.FirstOrDefault(layout => layout.Matches(names));
    }

    /// <summary>Returns the layout of a header that is known to belong to a given file of the dataset, even if its columns also match another file.</summary>
    public static SupplierLayout FindForFile(string file, IEnumerable<string> header)
    {
        var names = ToNameSet(header);
        return All.FirstOrDefault(layout => layout.File == file && layout.Matches(names)) ?? All.Last(layout => layout.File == file);
    }

    /// <summary>Returns the alternative names of a column.</summary>
    public IEnumerable<string> GetAliases(string column) => Aliases.Where(alias => alias.Value == column).Select(alias => alias.Key);

    private bool Matches(HashSet<string> names) => names.IsSupersetOf(HasAll) && (HasAny.Count == 0 || names.Overlaps(HasAny));

    private static HashSet<string> ToNameSet(IEnumerable<string> header) => header.ToHashSet(StringComparer.OrdinalIgnoreCase);
}
