namespace CineLedger.Sources;

/// <summary>
/// A supplier's layout of one file of the dataset: how its header is recognized, and its column names. To add a layout, add an entry to <see cref="All"/>.
/// How lists are written is determined from their values.
/// </summary>
public sealed record SupplierLayout
{
    /// <summary>Columns that only tables of movies have. Such a table may also contain cast or keywords.</summary>
    internal static readonly string[] MovieOnlyColumns = ["budget", "revenue", "release_date"];

    private static readonly Dictionary<string, string> ListIds = new() { ["tmdb_id"] = "id", ["tmdbid"] = "id", ["movie_id"] = "id" };

    /// <summary>
    /// Names that can only mean one column of the movies. The original title is used if there is no other title. <c>movie_id</c> is not included: it may be
    /// the ID of MovieLens, or a row number.
    /// </summary>
    private static readonly Dictionary<string, string> MovieNames = new()
    {
        ["tmdb_id"] = "id",
        ["tmdbid"] = "id",
        ["movie_title"] = "title",
        ["film_title"] = "title",
        ["movie_name"] = "title",
        ["original_title"] = "title",
        ["budget_usd"] = "budget",
        ["revenue_usd"] = "revenue",
        ["runtime_minutes"] = "runtime",
        ["runtime_mins"] = "runtime",
        ["vote_avg"] = "vote_average",
        ["genre"] = "genres",
        ["genre_names"] = "genres",
        ["genre_ids"] = "genres",
        ["companies"] = "production_companies",
        ["production_company"] = "production_companies",
        ["countries"] = "production_countries",
        ["production_country"] = "production_countries",
        ["spoken_language"] = "spoken_languages",
        ["collection_name"] = "belongs_to_collection",
    };

    private static readonly Dictionary<string, string> TmdbMovieNames = new(MovieNames) { ["movie_id"] = "id" };

    /// <summary>All layouts. The first one that matches a header applies.</summary>
    public static IReadOnlyList<SupplierLayout> All { get; } =
    [
        // Published as tmdb-movies.csv. A spreadsheet in US English saved it: "6/9/15" is June 9.
        new()
        {
            Name = "TMDB movies with inflation-adjusted amounts", File = DatasetFiles.Movies, Aliases = MovieNames,
            HasAll = ["release_year", "budget_adj", "revenue_adj"], IsMonthFirst = true,
        },

        // With TMDB's popularity and votes beside it, a movie_id is TMDB's.
        new()
        {
            Name = "The Movies Dataset, with movie_id", File = DatasetFiles.Movies, Aliases = TmdbMovieNames,
            HasAll = ["movie_id", "popularity", "vote_average", "vote_count"], HasAny = MovieOnlyColumns,
        },

        // The id is not required here, so that a table of movies without one is recognized and the error can name the missing column.
        new() { Name = "The Movies Dataset", File = DatasetFiles.Movies, Aliases = MovieNames, HasAny = MovieOnlyColumns },
        new() { Name = "MovieLens ratings", File = DatasetFiles.Ratings, HasAll = ["userId", "movieId", "rating"] },
        new() { Name = "MovieLens links", File = DatasetFiles.Links, HasAll = ["movieId", "imdbId", "tmdbId"] },
        new() { Name = "The Movies Dataset, credits", File = DatasetFiles.Credits, Aliases = ListIds, HasAll = ["cast", "crew"] },
        new() { Name = "The Movies Dataset, some columns", File = DatasetFiles.Movies, Aliases = MovieNames, HasAny = ["title"] },
        new() { Name = "The Movies Dataset, keywords", File = DatasetFiles.Keywords, Aliases = ListIds, HasAll = ["keywords"] },
    ];

    public required string Name { get; init; }

    /// <summary>The dataset's name for files in this layout; see <see cref="DatasetFiles"/>.</summary>
    public required string File { get; init; }

    /// <summary>Columns of which a header must have all. See also <see cref="HasAny"/> (at least one).</summary>
    public IReadOnlyList<string> HasAll { get; private init; } = [];
    public IReadOnlyList<string> HasAny { get; private init; } = [];

    /// <summary>
    /// Alternative column names, mapped to the ledger's names, in lowercase and with underscores. They apply if the header lacks the ledger's name, and a
    /// column earlier in the list before a later one.
    /// </summary>
    public IReadOnlyDictionary<string, string> Aliases { get; private init; } = new Dictionary<string, string>();

    /// <summary>True if the supplier writes short dates such as <c>6/9/15</c> with the month first, even if no date in the file shows this.</summary>
    public bool IsMonthFirst { get; private init; }

    /// <summary>Returns the layout of a header; null if none matches. Names are compared like <see cref="ColumnName"/>.</summary>
    public static SupplierLayout? Find(IEnumerable<string> header)
    {
        List<ColumnName> names = [.. header.Select(ColumnName.Parse)];
        return All.FirstOrDefault(layout => layout.Matches(names));
    }

    /// <summary>Returns the layout of a header that is known to belong to a given file of the dataset, even if its columns also match another file.</summary>
    public static SupplierLayout FindForFile(string file, IEnumerable<string> header)
    {
        List<ColumnName> names = [.. header.Select(ColumnName.Parse)];
        return All.FirstOrDefault(layout => layout.File == file && layout.Matches(names)) ?? All.Last(layout => layout.File == file);
    }

    /// <summary>Returns the alternative names of a column.</summary>
    public IEnumerable<string> GetAliases(string column) => Aliases.Where(alias => alias.Value == column).Select(alias => alias.Key);

    private bool Matches(List<ColumnName> header)
    {
        var names = header.ConvertAll(name => name.Compact).ToHashSet();
        foreach (var name in header)
        {
            if (Aliases.TryGetValue(name.Text, out var column))
            {
                names.Add(ColumnName.Parse(column).Compact);
            }
        }

        return HasAll.All(Contains) && (HasAny.Count == 0 || HasAny.Any(Contains));

        bool Contains(string column) => names.Contains(ColumnName.Parse(column).Compact);
    }
}
