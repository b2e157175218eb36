using CineLedger.Model;
using CineLedger.Records;
using CineLedger.Sources;

namespace CineLedger.Cleaning;

/// <summary>
/// Where the known columns stand in a file, in whatever order. −1 for one that the file does not have.
/// </summary>
public sealed class MovieColumns
{
    private static readonly string[] Needed = ["id", .. Named(isRequired: true), "genres", "production_companies"];

    private static readonly string[] Optional = [.. Named(isRequired: false), "production_countries", "spoken_languages"];

    /// <summary>As TMDB's <c>/movie/{id}</c> names them. The last is the ledger's own: true where the movie is gone.</summary>
    private static readonly string[] JsonNames = [.. Needed, .. Optional, "deleted"];

    private static readonly string[] Nested = ["genres", "production_companies", "production_countries", "spoken_languages", "belongs_to_collection"];

    private readonly Dictionary<string, int> _positions;

    private MovieColumns(Dictionary<string, int> positions, int count, IReadOnlyList<string> unknown)
    {
        _positions = positions;
        Count = count;
        Unknown = unknown;
        Id = this["id"];
        OfFields = new int[MovieField.All.Length];
        for (var i = 0; i < OfFields.Length; i++)
        {
            OfFields[i] = this[MovieField.All[i]];
        }

        Companies = this["production_companies"];
        Genres = this["genres"];
        Countries = this["production_countries"];
        Languages = this["spoken_languages"];
        Deleted = this["deleted"];
    }

    /// <summary>Where a movie's fields stand in a record that was read from JSON by <see cref="JsonFields"/>.</summary>
    public static MovieColumns Json { get; } = new(
        JsonNames.Select((name, place) => (name, place)).ToDictionary(pair => pair.name, pair => pair.place), JsonNames.Length, []);

    /// <summary>Columns of the file, unknown ones included.</summary>
    public int Count { get; }

    /// <summary>How genres, companies, countries and languages are written.</summary>
    public ListNotation Lists { get; private init; }

    /// <summary>Columns that no rule reads.</summary>
    public IReadOnlyList<string> Unknown { get; }

    public int Id { get; }

    /// <summary>Where the fields of <see cref="MovieField.All"/> stand, in its order.</summary>
    internal int[] OfFields { get; }

    public int Companies { get; }
    public int Genres { get; }
    public int Countries { get; }
    public int Languages { get; }

    /// <summary>What says that a movie is gone; −1 in every file but of JSON.</summary>
    public int Deleted { get; }

    /// <summary>Reads movies' JSON as records of the columns <see cref="Json"/>. For one reader at a time.</summary>
    public static JsonFields JsonFields() => new(JsonNames, Nested);

    public int this[MovieField field] => this[field.SourceName];

    private int this[string name] => _positions.GetValueOrDefault(name, -1);

    private static IEnumerable<string> Named(bool isRequired) => MovieField.All.Where(field => field.IsRequired == isRequired).Select(field => field.SourceName);

    /// <summary>Reads a header. Throws <see cref="LedgerException"/> as <see cref="HeaderColumns.Read"/> does.</summary>
    public static MovieColumns Read(IReadOnlyList<string> header, string file)
    {
        var layout = SupplierLayout.For(DatasetFiles.Movies, header);
        var columns = HeaderColumns.Read(header, file, layout, Needed, Optional);
        return new MovieColumns(columns.Places, header.Count, columns.Unknown) { Lists = layout.Lists };
    }
}
