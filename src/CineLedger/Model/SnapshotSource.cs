namespace CineLedger.Model;

/// <summary>An original file that a snapshot's load read, as its supplier published it.</summary>
/// <param name="Address">Where it was fetched from, without credentials.</param>
/// <param name="Version">The version that its source states: an ETag, a time; null if it states none.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">The hash of the whole file, in lowercase hexadecimal.</param>
/// <param name="FetchedAt">When it was fetched or, if it is a local file, opened, UTC.</param>
public sealed record SnapshotSource(string Address, string? Version, long Bytes, string Sha256, DateTime FetchedAt);
