namespace CineLedger.Storage.Schema;

/// <summary>What a film's ratings, people and keywords stand in: tables whose rows live by themselves, whatever the film's own row does.</summary>
internal static class SideTables
{
    public const string Ratings = "movie_rating";
    public const string People = "movie_person";
    public const string Keywords = "movie_keyword";

    public static readonly string[] All = [Ratings, People, Keywords];
}
