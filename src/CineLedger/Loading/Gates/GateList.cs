using CineLedger.Model;

namespace CineLedger.Loading.Gates;

/// <summary>A kind of list that the gates check.</summary>
/// <param name="Name">The column in the dataset.</param>
/// <param name="Entity">The table of its names. With the prefix <c>movie_</c> it is the table of links, with the suffix <c>_id</c> the key.</param>
/// <param name="HasSourceIds">Whether the entries have the supplier's ID, which identifies a renamed entry.</param>
/// <param name="HasAny">Returns whether a movie has any entries.</param>
/// <param name="Get">Returns the entries of a movie, each once.</param>
/// <param name="Describe">Returns the name of an entry, and its ID if the supplier gives one.</param>
internal sealed record GateList(
    string Name, string Entity, bool HasSourceIds, Func<Movie, bool> HasAny, Func<Movie, IReadOnlyList<object>> Get, Func<object, (string Name, long? SourceId)> Describe)
{
    /// <summary>Decides which names are the same.</summary>
    public IEqualityComparer<string> Names { get; private init; } = StringComparer.Ordinal;

    public static IReadOnlyList<GateList> All { get; } =
    [
        Create<Genre>("genres", "genre", true, movie => movie.Genres, genre => (genre.Name, genre.SourceId)),
        Create<Company>("production_companies", "company", true, movie => movie.Companies, company => (company.Name, company.SourceId)) with { Names = CompanyNameComparer.Instance },
        Create<Country>("production_countries", "country", false, movie => movie.Countries, country => ($"{country.Name} ({country.Code})", null)),
        Create<Language>("spoken_languages", "language", false, movie => movie.Languages, language => ($"{language.Name} ({language.Code})", null)),
    ];

    private static GateList Create<T>(
        string name, string entity, bool hasSourceIds, Func<Movie, IReadOnlyList<T>> get, Func<T, (string Name, long? SourceId)> describe)
        where T : class =>
        new(name, entity, hasSourceIds, movie => get(movie).Count > 0, get, entry => describe((T)entry));
}
