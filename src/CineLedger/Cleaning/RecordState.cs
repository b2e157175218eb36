namespace CineLedger.Cleaning;

/// <summary>
/// The state of one movie in one file during a load: the current content of the ledger and the best record read so far. Limited to 24 bytes, because there is
/// one per movie.
/// </summary>
internal struct RecordState
{
    /// <summary>Fingerprint of the content in the ledger; 0 if the ledger has none.</summary>
    public long LedgerHash;

    /// <summary>Fingerprint of the best record of this load, valid if <see cref="Line"/> is not 0; 0 if the record has no content.</summary>
    public long Hash;

    /// <summary>The rank of that record; see <see cref="RecordKey.Rank"/>.</summary>
    public int Rank;

    /// <summary>The number of that record's line in <see cref="RecordLocations"/>; 0 if this load has no record.</summary>
    public int Line;

    public readonly bool InLedger => LedgerHash != 0;

    /// <summary>True if this load's record differs from the ledger's content.</summary>
    public readonly bool IsNewOrChanged => Line != 0 && Hash != LedgerHash;

    /// <summary>True if the record is new or changed and has content to write.</summary>
    public readonly bool HasNewContent => Hash != 0 && IsNewOrChanged;

    public void Set(RecordKey key, int line) => (Hash, Rank, Line) = (key.Hash, key.Rank, line);
}

/// <summary>Identifies and ranks a record.</summary>
/// <param name="MovieId">The movie that the record is about.</param>
/// <param name="Line">Physical line in its file, from 1.</param>
/// <param name="Hash">Fingerprint of the content; 0 if there is none.</param>
/// <param name="Rank">The votes of a movie, −1 if unknown; the number of items of a list.</param>
internal readonly record struct RecordKey(long MovieId, int Line, long Hash, int Rank);
