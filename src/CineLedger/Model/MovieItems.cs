namespace CineLedger.Model;

/// <summary>What one record of a file beside the movies says about a movie: its people, or its keywords.</summary>
/// <param name="MovieId">The movie, by TMDB's number.</param>
/// <param name="Line">Physical line, from 1, on which the record starts.</param>
/// <param name="Hash">Fingerprint of the items; 0 for none.</param>
/// <param name="Items">In the order in which they are kept.</param>
internal readonly record struct MovieItems<T>(long MovieId, int Line, long Hash, IReadOnlyList<T> Items);

/// <summary>A person's part in a movie.</summary>
/// <param name="PersonId">TMDB's number of the person.</param>
/// <param name="Name">May be empty: the number says who it is.</param>
/// <param name="IsCast">True for who plays, false for who works on the movie.</param>
/// <param name="Job">Of the crew: Director, Editor …; null for the cast and where unknown.</param>
/// <param name="Department">Of the crew: Directing, Sound …; null for the cast and where unknown.</param>
/// <param name="Character">Of the cast: whom they play; null for the crew and where unknown.</param>
internal readonly record struct Credit(long PersonId, string Name, bool IsCast, string? Job, string? Department, string? Character);

/// <summary>What one year's viewers gave a movie.</summary>
/// <param name="MovieId">The movie, by TMDB's number.</param>
/// <param name="Year">Of the ratings' times, UTC.</param>
/// <param name="Ratings">How many.</param>
/// <param name="Micros">Their sum, in millionths of a star.</param>
internal readonly record struct MovieYearRatings(long MovieId, int Year, long Ratings, long Micros);
