using System.Globalization;

namespace CineLedger.Cleaning;

/// <summary>TMDB's genres and their IDs. Genres are a closed list, so they show how a file writes its lists.</summary>
internal static class GenreNames
{
    /// <summary>The most parts into which a separator may divide the name of a genre: <c>TV-Movie</c>, <c>Sci-Fi &amp; Fantasy</c>.</summary>
    private const int MaxParts = 4;

    private static readonly char[] IdSeparators = [' ', ',', '|', ';', '/', '-'];

    private static readonly Dictionary<long, string> ById = new()
    {
        [28] = "Action",
        [12] = "Adventure",
        [16] = "Animation",
        [35] = "Comedy",
        [80] = "Crime",
        [99] = "Documentary",
        [18] = "Drama",
        [10751] = "Family",
        [14] = "Fantasy",
        [36] = "History",
        [27] = "Horror",
        [10402] = "Music",
        [9648] = "Mystery",
        [10749] = "Romance",
        [878] = "Science Fiction",
        [10770] = "TV Movie",
        [53] = "Thriller",
        [10752] = "War",
        [37] = "Western",
        [10769] = "Foreign",
    };

    private static readonly HashSet<string> Names = new(ById.Values, StringComparer.OrdinalIgnoreCase);

    /// <summary>Other spellings, and genres of other movie databases.</summary>
    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        "Sci-Fi", "Sci Fi", "SciFi", "Science-Fiction", "Sci-Fi & Fantasy", "Action & Adventure", "War & Politics", "TV-Movie", "Film-Noir", "Film Noir", "Noir",
        "Neo-Noir", "Rom-Com", "Musical", "Biography", "Biopic", "Historical", "Sport", "Sports", "Short", "News", "Talk-Show", "Talk", "Game-Show", "Reality-TV", "Reality",
        "Kids", "Children", "Children's", "Anime", "Suspense", "Superhero", "Martial Arts", "Stand-Up", "Stand-Up Comedy", "IMAX", "Adult", "Soap", "Political", "Disaster",
        "Spy", "Teen", "Coming-of-Age",
    };

    public static bool IsKnown(string name) => Known.Contains(name) || Names.Contains(name);

    /// <summary>Returns the name for TMDB's ID of a genre, or null.</summary>
    public static string? Find(long id) => ById.GetValueOrDefault(id);

    /// <summary>Returns the numbers of a text that has nothing but numbers and separators (<c>28|12</c>); null for any other text.</summary>
    public static List<long>? ParseIds(string text)
    {
        var ids = new List<long>();
        foreach (var part in text.Split(IdSeparators, StringSplitOptions.RemoveEmptyEntries))
        {
            if (!long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            {
                return null;
            }

            ids.Add(id);
        }

        return ids.Count > 0 ? ids : null;
    }

    /// <summary>
    /// Splits at a character that may also be part of a genre's name (<c>Action-Sci-Fi</c>, <c>Drama Science Fiction</c>). A text without the character is one
    /// name. Parts of other texts that are not known genres are left out.
    /// </summary>
    /// <param name="text">The text of a field.</param>
    /// <param name="separator">A hyphen or a space.</param>
    /// <param name="isComplete">False if a part was left out.</param>
    public static List<string> SplitJoined(string text, char separator, out bool isComplete)
    {
        isComplete = true;
        var parts = text.Split(separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length <= 1 || IsKnown(text.Trim()))
        {
            return [text.Trim()];
        }

        var names = new List<string>();
        for (int i = 0, taken; i < parts.Length; i += taken)
        {
            var name = "";
            for (taken = Math.Min(MaxParts, parts.Length - i); taken > 0 && !IsKnown(name = string.Join(separator, parts, i, taken)); taken--)
            {
            }

            if (taken > 0)
            {
                names.Add(name);
                continue;
            }

            isComplete = false;
            taken = 1;
        }

        return names;
    }
}
