using CineLedger.Model;
using CineLedger.Records;
using CineLedger.Sources;

namespace CineLedger.Cleaning;

/// <summary>
/// The positions of the known columns in a movies file; −1 for a missing column. Columns may be in any order.
/// </summary>
public sealed class MovieColumns
{
    internal const string CollectionName = "belongs_to_collection";

    /// <summary>The columns that a file must have. Any other one may be missing.</summary>
    private static readonly string[] Required = ["id", "title"];

    /// <summary>The other columns, in the order in which missing ones are listed: first those that the reports use.</summary>
    private static readonly string[] Optional =
    [
        .. ((string[])["release_date", "budget", "revenue", "popularity", "genres", "production_companies", "production_countries", "spoken_languages"])
            .Union(MovieField.All.Select(field => field.SourceName)).Except(Required).Append(MovieField.ReleaseYear.SourceName),
    ];

    /// <summary>The names in TMDB's <c>/movie/{id}</c>. The last one is the ledger's own and marks a deleted movie.</summary>
    private static readonly string[] JsonNames = [.. Required, .. Optional, "deleted"];

    private static readonly string[] Nested = ["genres", "production_companies", "production_countries", "spoken_languages", CollectionName];

    private readonly Dictionary<string, int> _positions;
    private readonly Dictionary<string, int> _dollars;

    private MovieColumns(HeaderColumns header, int count)
    {
        (_positions, _dollars) = (header.Positions, header.Dollars);
        Count = count;
        Unknown = header.Unknown;
        Id = this["id"];
        FieldIndexes = new int[MovieField.All.Length];
        for (var i = 0; i < FieldIndexes.Length; i++)
        {
            FieldIndexes[i] = this[MovieField.All[i]];
        }

        Companies = this["production_companies"];
        Genres = this["genres"];
        Countries = this["production_countries"];
        Languages = this["spoken_languages"];
        Collection = this[CollectionName];
        Deleted = this["deleted"];
        ReleaseDate = this[MovieField.ReleaseDate];
        ReleaseYear = this[MovieField.ReleaseYear];
        Missing = [.. Optional.Where(name => this[name] < 0 && name != MovieField.ReleaseYear.SourceName)];
        FieldUnits = [.. MovieField.All.Select(field => header.Dollars.GetValueOrDefault(field.SourceName, 1))];
    }

    /// <summary>Copies columns, to determine their lists.</summary>
    private MovieColumns(MovieColumns other)
        : this(new HeaderColumns(other._positions, other._dollars, other.Unknown), other.Count)
    {
        IsMonthFirst = other.IsMonthFirst;
    }

    /// <summary>The positions of a movie's fields in a record that <see cref="CreateJsonFields"/> read from JSON.</summary>
    public static MovieColumns Json { get; } = new(
        new HeaderColumns(JsonNames.Select((name, place) => (name, place)).ToDictionary(pair => pair.name, pair => pair.place), [], []), JsonNames.Length);

    /// <summary>The number of columns in the file, including unknown ones.</summary>
    public int Count { get; }

    /// <summary>The notations of genres, companies, countries, languages and collections: literals until they have been determined.</summary>
    internal ListNotations Lists { get; private init; }

    /// <summary>The positions of the columns that the file has, by their names in the ledger.</summary>
    internal IReadOnlyDictionary<string, int> Positions => _positions;

    /// <summary>The names of columns that are not read.</summary>
    public IReadOnlyList<string> Unknown { get; }

    /// <summary>The names of known columns that the file does not have; none for JSON, where any member may be missing anywhere.</summary>
    public IReadOnlyList<string> Missing { get; }

    /// <summary>True if the file has no titles, and its original titles are used instead.</summary>
    public bool HasOriginalTitlesOnly => this["title"] == this["original_title"];

    public int Id { get; }

    /// <summary>The positions of the fields in <see cref="MovieField.All"/>, in that order.</summary>
    internal int[] FieldIndexes { get; }

    public int Companies { get; }
    public int Genres { get; }
    public int Countries { get; }
    public int Languages { get; }
    public int Collection { get; }

    public int ReleaseDate { get; }

    /// <summary>The field with the year of release, which few files have; −1 otherwise.</summary>
    public int ReleaseYear { get; }

    /// <summary>True if the file's layout writes dates such as <c>6/9/15</c> with the month first.</summary>
    internal bool IsMonthFirst { get; private init; }

    /// <summary>The dollars in the units of the fields in <see cref="MovieField.All"/>: 1,000,000 for <c>Revenue (Millions)</c>, otherwise 1.</summary>
    internal int[] FieldUnits { get; }

    /// <summary>The field that marks a deleted movie; −1 except in JSON.</summary>
    public int Deleted { get; }

    /// <summary>Creates a converter from a movie's JSON to records with the columns of <see cref="Json"/>. It must not be shared between readers.</summary>
    public static JsonFields CreateJsonFields() => new(JsonNames, Nested);

    public int this[MovieField field] => this[field.SourceName];

    private int this[string name] => _positions.GetValueOrDefault(name, -1);

    /// <summary>Reads a header. Throws <see cref="LedgerException"/> like <see cref="HeaderColumns.Read"/>.</summary>
    public static MovieColumns Read(IReadOnlyList<string> header, string file)
    {
        var layout = SupplierLayout.FindForFile(DatasetFiles.Movies, header);
        return new(HeaderColumns.Read(header, file, layout, Required, Optional), header.Count) { IsMonthFirst = layout.IsMonthFirst };
    }

    /// <summary>Returns the same columns with the notations of their lists, which the beginning of the file shows.</summary>
    internal async Task<MovieColumns> DetermineListsAsync(LookaheadStream file, CancellationToken cancellationToken)
    {
        int[] positions = [Genres, Companies, Countries, Languages, Collection];
        var found = this == Json
            ? await ListNotationSample.ReadJsonAsync(file, CreateJsonFields(), positions, cancellationToken).ConfigureAwait(false)
            : await ListNotationSample.ReadCsvAsync(file, Count, positions, cancellationToken).ConfigureAwait(false);
        return new MovieColumns(this) { Lists = new(found[0], found[1], found[2], found[3], found[4]) };
    }
}
