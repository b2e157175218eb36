using CineLedger.Model;
using CineLedger.Records;
using CineLedger.Sources;

namespace CineLedger.Cleaning;

/// <summary>
/// Where the known columns stand in a file, in whatever order. −1 for one that the file does not have.
/// </summary>
public sealed class MovieColumns
{
    private static readonly string[] Needed =
        ["id", "title", "release_date", "budget", "revenue", "popularity", "genres", "production_companies"];

    private static readonly string[] Optional =
    [
        "original_title", "overview", "tagline", "homepage", "poster_path", "imdb_id", "original_language", "status",
        "belongs_to_collection", "runtime", "vote_average", "vote_count", "adult", "video", "production_countries", "spoken_languages",
    ];

    /// <summary>As TMDB's <c>/movie/{id}</c> names them. The last is the ledger's own: true where the film is gone.</summary>
    private static readonly string[] JsonNames = [.. Needed, .. Optional, "deleted"];

    private static readonly string[] Nested = ["genres", "production_companies", "production_countries", "spoken_languages", "belongs_to_collection"];

    private readonly Dictionary<string, int> _positions;

    private MovieColumns(Dictionary<string, int> positions, int count, IReadOnlyList<string> unknown)
    {
        _positions = positions;
        Count = count;
        Unknown = unknown;
        Id = this["id"];
        Title = this["title"];
        OriginalTitle = this["original_title"];
        ReleaseDate = this["release_date"];
        Budget = this["budget"];
        Revenue = this["revenue"];
        Runtime = this["runtime"];
        Popularity = this["popularity"];
        VoteAverage = this["vote_average"];
        VoteCount = this["vote_count"];
        Language = this["original_language"];
        Status = this["status"];
        Collection = this["belongs_to_collection"];
        ImdbId = this["imdb_id"];
        Adult = this["adult"];
        Video = this["video"];
        Homepage = this["homepage"];
        PosterPath = this["poster_path"];
        Tagline = this["tagline"];
        Overview = this["overview"];
        Companies = this["production_companies"];
        Genres = this["genres"];
        Countries = this["production_countries"];
        Languages = this["spoken_languages"];
        Deleted = this["deleted"];
    }

    /// <summary>Where a film's fields stand in a record that was read from JSON by <see cref="JsonFields"/>.</summary>
    public static MovieColumns Json { get; } = new(
        JsonNames.Select((name, place) => (name, place)).ToDictionary(pair => pair.name, pair => pair.place), JsonNames.Length, []);

    /// <summary>Columns of the file, unknown ones included.</summary>
    public int Count { get; }

    /// <summary>How genres, companies, countries and languages are written.</summary>
    public ListNotation Lists { get; private init; }

    /// <summary>Columns that no rule reads.</summary>
    public IReadOnlyList<string> Unknown { get; }

    public int Id { get; }
    public int Title { get; }
    public int OriginalTitle { get; }
    public int ReleaseDate { get; }
    public int Budget { get; }
    public int Revenue { get; }
    public int Runtime { get; }
    public int Popularity { get; }
    public int VoteAverage { get; }
    public int VoteCount { get; }
    public int Language { get; }
    public int Status { get; }
    public int Collection { get; }
    public int ImdbId { get; }
    public int Adult { get; }
    public int Video { get; }
    public int Homepage { get; }
    public int PosterPath { get; }
    public int Tagline { get; }
    public int Overview { get; }
    public int Companies { get; }
    public int Genres { get; }
    public int Countries { get; }
    public int Languages { get; }

    /// <summary>What says that a film is gone; −1 in every file but of JSON.</summary>
    public int Deleted { get; }

    /// <summary>Reads films' JSON as records of the columns <see cref="Json"/>. For one reader at a time.</summary>
    public static JsonFields JsonFields() => new(JsonNames, Nested);

    private int this[string name] => _positions.GetValueOrDefault(name, -1);

    /// <summary>Reads a header. Throws <see cref="LedgerException"/> as <see cref="HeaderColumns.Read"/> does.</summary>
    public static MovieColumns Read(IReadOnlyList<string> header, string file)
    {
        var layout = SupplierLayout.For(DatasetFiles.Movies, header);
        var columns = HeaderColumns.Read(header, file, layout, Needed, Optional);
        return new MovieColumns(columns.Places, header.Count, columns.Unknown) { Lists = layout.Lists };
    }
}
