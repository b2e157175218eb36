namespace CineLedger.Model;

/// <summary>A movie's credits or keywords, from one record of a file of related data.</summary>
/// <param name="MovieId">TMDB ID of the movie.</param>
/// <param name="Line">Physical line, from 1, on which the record starts.</param>
/// <param name="Hash">Fingerprint of the items; 0 if there are none.</param>
/// <param name="Items">The items, in storage order.</param>
internal readonly record struct MovieItems<T>(long MovieId, int Line, long Hash, IReadOnlyList<T> Items);

/// <summary>A person's credit in a movie.</summary>
/// <param name="PersonId">TMDB ID of the person.</param>
/// <param name="Name">May be empty, because the ID identifies the person.</param>
/// <param name="IsCast">True for cast, false for crew.</param>
/// <param name="Job">Crew only: Director, Editor …; null if unknown.</param>
/// <param name="Department">Crew only: Directing, Sound …; null if unknown.</param>
/// <param name="Character">Cast only: the character played; null if unknown.</param>
internal readonly record struct Credit(long PersonId, string Name, bool IsCast, string? Job, string? Department, string? Character);

/// <summary>A movie's ratings of one year.</summary>
/// <param name="MovieId">TMDB ID of the movie.</param>
/// <param name="Year">The year in which the ratings were given, UTC.</param>
/// <param name="Ratings">The number of ratings.</param>
/// <param name="SumMicros">The sum of the ratings, in millionths of a star.</param>
internal readonly record struct MovieYearRatings(long MovieId, int Year, long Ratings, long SumMicros);
