using CineLedger.Cleaning;
using CineLedger.Records;

namespace CineLedger.Streaming;

/// <summary>
/// Cleans single movies in JSON by the same rules as a load. Dates and numbers must be in TMDB's format: the order of day and month,
/// and the meaning of commas, can only be detected from a whole file.
/// </summary>
public sealed class ChangeReader
{
    private readonly ChangeSet _changes;
    private readonly MovieCleaner _cleaner;
    private readonly ContentHasher _hash = new();

    /// <param name="changes">The set that receives changes and findings.</param>
    public ChangeReader(ChangeSet changes)
    {
        _changes = changes;
        _cleaner = new MovieCleaner(MovieColumns.Json, changes.Name) { Notations = new ValueNotations() };
    }

    public void Read(RecordBatch batch)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            Read(batch[i]);
        }
    }

    /// <summary>Reads a record and returns the ID of its movie, or null when the record is rejected.</summary>
    public long? Read(RecordView record)
    {
        _changes.Records++;
        if (_cleaner.GetDeletedId(record) is > 0 and var removed)
        {
            _changes.Changes.Add(new MovieChange(removed, null, 0));
            return removed;
        }

        if (_cleaner.Clean(record, _changes.Findings) is not { } movie)
        {
            return null;
        }

        _changes.Changes.Add(new MovieChange(movie.Id, movie, _hash.Compute(movie)));
        return movie.Id;
    }

    /// <summary>Reads the deletion of a movie. Always returns true.</summary>
    public bool ReadRemoval(long id)
    {
        _changes.Records++;
        _changes.Changes.Add(new MovieChange(id, null, 0));
        return true;
    }

    /// <summary>Adds the findings about several records. Called after the last record.</summary>
    public void Complete() => _changes.Findings.AddRange(SpreadsheetFindings.Merge([_cleaner.DetachSpreadsheetFindings()]));
}
