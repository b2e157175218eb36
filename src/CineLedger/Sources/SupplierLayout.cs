namespace CineLedger.Sources;

/// <summary>
/// A supplier's way of writing one file of the dataset: how its header is recognised, what it calls the columns, and how it writes lists. Adding a
/// layout means adding an entry to <see cref="All"/>; only a new notation of lists needs a reader as well.
/// </summary>
public sealed record SupplierLayout
{
    /// <summary>What only tables of movies have. A table of movies may bring its cast or keywords along.</summary>
    private static readonly string[] MovieFacts = ["budget", "revenue", "release_date"];

    private static readonly Dictionary<string, string> TmdbId = new(StringComparer.OrdinalIgnoreCase) { ["tmdb_id"] = "id" };

    private static readonly Dictionary<string, string> TmdbOrMovieId = new(TmdbId, StringComparer.OrdinalIgnoreCase) { ["movie_id"] = "id" };

    /// <summary>All layouts; the first one that fits a header is the header's.</summary>
    public static IReadOnlyList<SupplierLayout> All { get; } =
    [
        // Daily extracts lack the two columns that no list of names could fill, and have some that no other layout has.
        new()
        {
            Name = "TMDB daily extract", File = DatasetFiles.Movies, Aliases = TmdbId, Lists = ListNotation.CommaNames,
            HasAny = MovieFacts, HasAll = ["backdrop_path", "keywords"], HasNone = ["belongs_to_collection", "video"],
        },
        new()
        {
            Name = "TMDB daily extract with people", File = DatasetFiles.Movies, Aliases = TmdbId, Lists = ListNotation.CommaNames,
            HasAny = MovieFacts, HasAll = ["director", "writers"], HasNone = ["belongs_to_collection", "video"],
        },

        // The id is not asked for, so that a table of movies without one is read and the missing column can be named.
        new() { Name = "The Movies Dataset", File = DatasetFiles.Movies, Aliases = TmdbId, HasAny = MovieFacts },
        new() { Name = "MovieLens ratings", File = DatasetFiles.Ratings, HasAll = ["userId", "movieId", "rating"] },
        new() { Name = "MovieLens links", File = DatasetFiles.Links, HasAll = ["movieId", "imdbId", "tmdbId"] },
        new() { Name = "The Movies Dataset, credits", File = DatasetFiles.Credits, Aliases = TmdbOrMovieId, HasAll = ["cast", "crew"] },
        new() { Name = "The Movies Dataset, cut", File = DatasetFiles.Movies, Aliases = TmdbId, HasAny = ["title", "original_title"] },
        new() { Name = "The Movies Dataset, keywords", File = DatasetFiles.Keywords, Aliases = TmdbOrMovieId, HasAll = ["keywords"] },
    ];

    public required string Name { get; init; }

    /// <summary>The file of the dataset that a file in this layout is, see <see cref="DatasetFiles"/>.</summary>
    public required string File { get; init; }

    /// <summary>Columns that the header has in common with no other layout: all of them, at least one, none.</summary>
    public IReadOnlyList<string> HasAll { get; private init; } = [];
    public IReadOnlyList<string> HasAny { get; private init; } = [];
    public IReadOnlyList<string> HasNone { get; private init; } = [];

    /// <summary>Other names of columns and the ledger's own; they hold in a header that lacks the ledger's own name.</summary>
    public IReadOnlyDictionary<string, string> Aliases { get; private init; } = new Dictionary<string, string>();

    /// <summary>How genres, companies, countries, languages and keywords are written.</summary>
    public ListNotation Lists { get; private init; }

    /// <summary>Returns the layout of a header; null where none fits. Names are compared without case.</summary>
    public static SupplierLayout? Find(IEnumerable<string> header)
    {
        var names = Names(header);
        return All.FirstOrDefault(layout => layout.Fits(names));
    }

    /// <summary>Returns the layout of a header that is known to be of one file of the dataset, whatever else its columns might be taken for.</summary>
    public static SupplierLayout For(string file, IEnumerable<string> header)
    {
        var names = Names(header);
        return All.FirstOrDefault(layout => layout.File == file && layout.Fits(names)) ?? All.Last(layout => layout.File == file);
    }

    /// <summary>Returns the other names of a column.</summary>
    public IEnumerable<string> AliasesOf(string column) => Aliases.Where(alias => alias.Value == column).Select(alias => alias.Key);

    private bool Fits(HashSet<string> names) => names.IsSupersetOf(HasAll) && (HasAny.Count == 0 || names.Overlaps(HasAny)) && !names.Overlaps(HasNone);

    private static HashSet<string> Names(IEnumerable<string> header) => header.ToHashSet(StringComparer.OrdinalIgnoreCase);
}

/// <summary>How the names of a list are written in one field.</summary>
public enum ListNotation
{
    /// <summary>A Python or JSON literal: <c>[{'id': 18, 'name': 'Drama'}]</c>.</summary>
    Literal,

    /// <summary>Names separated by comma and space: <c>Drama, Comedy</c>; a literal is still read as one.</summary>
    CommaNames,
}
