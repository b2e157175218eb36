namespace CineLedger.Model;

/// <summary>A name that a person may have meant.</summary>
/// <param name="Dimension">What it names: company, studio, genre …</param>
/// <param name="Name">The name in the ledger.</param>
/// <param name="Movies">Its movies in the snapshot, with or without a date.</param>
public sealed record NameCandidate(string Dimension, string Name, long Movies);
