using CineLedger.Model;
using CineLedger.Records;

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

    /// <summary>Whether genres, companies, countries and languages are mere names, see <see cref="NameText"/>.</summary>
    public bool HaveNames { get; private init; }

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

    /// <summary>
    /// Reads a header. Names are compared without case or surrounding space; <c>tmdb_id</c> is another name of <c>id</c>. Throws
    /// <see cref="LedgerException"/> naming every needed column that is missing and every column that stands twice.
    /// </summary>
    public static MovieColumns Read(IReadOnlyList<string> header, string file)
    {
        var positions = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var unknown = new List<string>();
        var hasId = header.Contains("id", StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < header.Count; i++)
        {
            var name = !hasId && header[i].Equals("tmdb_id", StringComparison.OrdinalIgnoreCase) ? "id" : header[i];
            if (!Needed.Contains(name, StringComparer.OrdinalIgnoreCase) && !Optional.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                // A header row that a spreadsheet has padded ends in empty names, and pandas' index column has none either.
                if (name.Length > 0)
                {
                    unknown.Add(name);
                }
            }
            else if (!positions.TryAdd(name, i))
            {
                throw new LedgerException($"{file}: the header has the column '{name}' twice; keep one of them and load again.");
            }
        }

        var missing = Needed.Where(name => !positions.ContainsKey(name)).ToList();
        if (missing.Count > 0)
        {
            var names = string.Join(", ", missing.Select(name => name == "id" ? "'id' (or 'tmdb_id')" : $"'{name}'"));
            throw new LedgerException(
                $"{file}: the header lacks the needed column{(missing.Count > 1 ? "s" : "")} {names}; "
                + $"it has: {Shorten(string.Join(", ", header))}.");
        }

        return new MovieColumns(positions, header.Count, unknown) { HaveNames = NameText.IsIn(header) };
    }

    internal static string Shorten(string text) => text.Length <= 400 ? text : string.Concat(text.AsSpan(0, 400), " …");
}
