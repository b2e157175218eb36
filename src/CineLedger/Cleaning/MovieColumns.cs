using CineLedger.Model;
using CineLedger.Records;
using CineLedger.Sources;

namespace CineLedger.Cleaning;

/// <summary>
/// The positions of the known columns in a movies file; −1 for a missing column. Columns may be in any order.
/// </summary>
public sealed class MovieColumns
{
    private static readonly string[] Required = ["id", .. GetSourceNames(isRequired: true), "genres", "production_companies"];

    private static readonly string[] Optional = [.. GetSourceNames(isRequired: false), "production_countries", "spoken_languages", MovieField.ReleaseYear.SourceName];

    /// <summary>The names in TMDB's <c>/movie/{id}</c>. The last one is the ledger's own and marks a deleted movie.</summary>
    private static readonly string[] JsonNames = [.. Required, .. Optional, "deleted"];

    private static readonly string[] Nested = ["genres", "production_companies", "production_countries", "spoken_languages", "belongs_to_collection"];

    private readonly Dictionary<string, int> _positions;

    private MovieColumns(Dictionary<string, int> positions, int count, IReadOnlyList<string> unknown)
    {
        _positions = positions;
        Count = count;
        Unknown = unknown;
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
        Deleted = this["deleted"];
        ReleaseYear = this[MovieField.ReleaseYear];
    }

    /// <summary>The positions of a movie's fields in a record that <see cref="CreateJsonFields"/> read from JSON.</summary>
    public static MovieColumns Json { get; } = new(
        JsonNames.Select((name, place) => (name, place)).ToDictionary(pair => pair.name, pair => pair.place), JsonNames.Length, []);

    /// <summary>The positions of the columns that are read, by name.</summary>
    internal IReadOnlyDictionary<string, int> Positions => _positions;

    /// <summary>The number of columns in the file, including unknown ones.</summary>
    public int Count { get; }

    /// <summary>The notations of genres, companies, countries and languages: literals until they have been determined.</summary>
    internal ListNotations Lists { get; private init; }

    /// <summary>The names of columns that are not read.</summary>
    public IReadOnlyList<string> Unknown { get; }

    /// <summary>The names of known columns that the file does not have; none for JSON, where any member may be missing anywhere.</summary>
    public IReadOnlySet<string> Missing => Required.Concat(Optional).Where(name => this[name] < 0 && name != MovieField.ReleaseYear.SourceName).ToHashSet();

    public int Id { get; }

    /// <summary>The positions of the fields in <see cref="MovieField.All"/>, in that order.</summary>
    internal int[] FieldIndexes { get; }

    public int Companies { get; }
    public int Genres { get; }
    public int Countries { get; }
    public int Languages { get; }

    /// <summary>The field with the year of release, which few files have; −1 otherwise.</summary>
    public int ReleaseYear { get; }

    /// <summary>True if the file's layout writes dates such as <c>6/9/15</c> with the month first.</summary>
    internal bool IsMonthFirst { get; private init; }

    /// <summary>The dollars in the units of the fields in <see cref="MovieField.All"/>: 1,000,000 for <c>Revenue (Millions)</c>, otherwise 1.</summary>
    internal int[] FieldUnits { get; private init; } = [.. MovieField.All.Select(_ => 1)];

    /// <summary>The field that marks a deleted movie; −1 except in JSON.</summary>
    public int Deleted { get; }

    /// <summary>Creates a converter from a movie's JSON to records with the columns of <see cref="Json"/>. It must not be shared between readers.</summary>
    public static JsonFields CreateJsonFields() => new(JsonNames, Nested);

    public int this[MovieField field] => this[field.SourceName];

    private int this[string name] => _positions.GetValueOrDefault(name, -1);

    private static IEnumerable<string> GetSourceNames(bool isRequired) => MovieField.All.Where(field => field.IsRequired == isRequired).Select(field => field.SourceName);

    /// <summary>Reads a header. Throws <see cref="LedgerException"/> like <see cref="HeaderColumns.Read"/>.</summary>
    public static MovieColumns Read(IReadOnlyList<string> header, string file)
    {
        var layout = SupplierLayout.FindForFile(DatasetFiles.Movies, header);
        var units = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        header = [.. header.Select(name =>
        {
            var amount = AmountUnits.SplitColumnName(name, out var dollars);
            units[amount] = dollars;
            return amount;
        })];
        var columns = HeaderColumns.Read(header, file, layout, Required, Optional);
        return new MovieColumns(columns.Positions, header.Count, columns.Unknown) 
        {
            IsMonthFirst = layout.IsMonthFirst,
            FieldUnits = [.. MovieField.All.Select(field => units.GetValueOrDefault(field.SourceName, 1))],
        };
    }

    /// <summary>Returns the same columns with the notations of their lists, which the beginning of the file shows.</summary>
    internal async Task<MovieColumns> DetermineListsAsync(LookaheadStream file, CancellationToken cancellationToken)
    {
        int[] positions = [Genres, Companies, Countries, Languages];
        var found = this == Json
            ? await ListNotationSample.ReadJsonAsync(file, CreateJsonFields(), positions, cancellationToken).ConfigureAwait(false)
            : await ListNotationSample.ReadCsvAsync(file, Count, positions, cancellationToken).ConfigureAwait(false);
        return new MovieColumns(_positions, Count, Unknown) { IsMonthFirst = IsMonthFirst, FieldUnits = FieldUnits, Lists = new(found[0], found[1], found[2], found[3]) };
    }
}
