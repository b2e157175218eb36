namespace CineLedger.Model;

/// <summary>A profile of data of which a movie may have several entries or none.</summary>
/// <param name="Name">The name, such as <c>companies</c> or <c>genres</c>.</param>
/// <param name="Known">Movies with at least one entry.</param>
/// <param name="Unknown">Movies without an entry.</param>
/// <param name="Entries">The number of entries of all movies.</param>
/// <param name="Distinct">The number of distinct names.</param>
/// <param name="PerMovie">The distribution of entries per movie, over movies with entries; null when no movie has any.</param>
/// <param name="MostFrequent">The most frequent names with their number of movies (for rating years, their number of ratings).</param>
public sealed record LinkProfile(
    string Name, long Known, long Unknown, long Entries, long Distinct, Quantiles? PerMovie, IReadOnlyList<ValueFrequency> MostFrequent)
{
    /// <summary>The names of the profiles, in their order.</summary>
    internal const string Companies = "companies", Genres = "genres", Countries = "countries", Languages = "spoken_languages", Cast = "cast", Crew = "crew", Keywords = "keywords";

    /// <summary>The most frequent genres that a profile lists: normally all of them.</summary>
    internal const int MaxGenres = 30;
}
