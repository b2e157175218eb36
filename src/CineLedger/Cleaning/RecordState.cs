namespace CineLedger.Cleaning;

/// <summary>What a load knows of one movie in one of the files: what the ledger holds now, and the best record read so far. 24 bytes, because there is one for each movie.</summary>
internal struct RecordState
{
    /// <summary>Fingerprint of the content in the ledger; 0 where the ledger has none.</summary>
    public long LedgerHash;

    /// <summary>Fingerprint of the best record of this load, valid where <see cref="Line"/> is not 0; 0 where it says nothing.</summary>
    public long Hash;

    /// <summary>What that record is judged by; see <see cref="RecordKey.Rank"/>.</summary>
    public int Rank;

    /// <summary>Line of that record, as <see cref="MovieLines"/> numbers them; 0 where this load has none.</summary>
    public int Line;

    public readonly bool InLedger => LedgerHash != 0;

    /// <summary>Whether this load read something else than the ledger holds.</summary>
    public readonly bool IsNewOrChanged => Line != 0 && Hash != LedgerHash;

    /// <summary>The same, when there are rows to write: a record that says nothing has none.</summary>
    public readonly bool HasNewContent => Hash != 0 && IsNewOrChanged;

    public void Set(RecordKey key, int line) => (Hash, Rank, Line) = (key.Hash, key.Rank, line);
}

/// <summary>What tells records apart.</summary>
/// <param name="MovieId">The movie that the record is about.</param>
/// <param name="Line">Physical line in its file, from 1.</param>
/// <param name="Hash">Fingerprint of the content; 0 where it says nothing.</param>
/// <param name="Rank">Votes of a movie, −1 where unknown; items of a list.</param>
internal readonly record struct RecordKey(long MovieId, int Line, long Hash, int Rank);
