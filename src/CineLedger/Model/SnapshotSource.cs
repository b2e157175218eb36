namespace CineLedger.Model;

/// <summary>One original that a snapshot's load read: a file as its supplier publishes it.</summary>
/// <param name="Address">Where it was fetched from, without credentials.</param>
/// <param name="Version">The place's own mark of its version: an ETag, a time; null where it has none.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Of all of it, in lower-case hexadecimal.</param>
/// <param name="FetchedAt">When it was fetched, or opened where it lies on this machine, UTC.</param>
public sealed record SnapshotSource(string Address, string? Version, long Bytes, string Sha256, DateTime FetchedAt);
