namespace CineLedger.Storage.Schema;

/// <summary>What a movie's ratings, people and keywords stand in: tables whose rows live by themselves, whatever the movie's own row does.</summary>
internal static class RelatedTables
{
    public const string Ratings = "movie_rating";
    public const string People = "movie_person";
    public const string Keywords = "movie_keyword";

    public static readonly string[] All = [Ratings, People, Keywords];
}
