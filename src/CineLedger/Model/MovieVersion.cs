namespace CineLedger.Model;

/// <summary>The content of a movie over a range of snapshots.</summary>
/// <param name="Movie">The content.</param>
/// <param name="Since">The first snapshot with this content.</param>
/// <param name="Until">The first later snapshot in which the movie differs or is missing; null if this is the current version.</param>
public sealed record MovieVersion(Movie Movie, int Since, int? Until);
