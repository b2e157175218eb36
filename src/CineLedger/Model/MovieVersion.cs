namespace CineLedger.Model;

/// <summary>A movie as it was from one snapshot to another.</summary>
/// <param name="Movie">Its content.</param>
/// <param name="Since">The first snapshot that has it so.</param>
/// <param name="Until">The first snapshot that has it otherwise, or not at all; null where it still is so.</param>
public sealed record MovieVersion(Movie Movie, int Since, int? Until);
