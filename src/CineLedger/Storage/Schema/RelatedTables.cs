namespace CineLedger.Storage.Schema;

/// <summary>The tables of a movie's ratings, people and keywords. Their rows are versioned independently of the movie's row.</summary>
internal static class RelatedTables
{
    public const string Ratings = "movie_rating";
    public const string People = "movie_person";
    public const string Keywords = "movie_keyword";

    public static readonly string[] All = [Ratings, People, Keywords];
}
