using CineLedger.Cleaning;
using CineLedger.Records;

namespace CineLedger.Streaming;

/// <summary>
/// Cleans movies that come as JSON one by one, by the rules that a load goes by. Dates are as TMDB writes them: there is no file around a
/// record that could show which number of another notation is the day.
/// </summary>
public sealed class ChangeReader
{
    private readonly ChangeSet _changes;
    private readonly MovieCleaner _cleaner;
    private readonly ContentHasher _hash = new();

    /// <param name="changes">Where all goes.</param>
    public ChangeReader(ChangeSet changes)
    {
        _changes = changes;
        _cleaner = new MovieCleaner(MovieColumns.Json, changes.Name) { DateOrder = new DateOrder() };
    }

    public void Read(RecordBatch batch)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            Read(batch[i]);
        }
    }

    /// <summary>Takes a record; returns the movie that it is about, null where it is rejected.</summary>
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

    /// <summary>Takes it that a movie is gone; always true.</summary>
    public bool ReadRemoval(long id)
    {
        _changes.Records++;
        _changes.Changes.Add(new MovieChange(id, null, 0));
        return true;
    }

    /// <summary>For after the last record: what was found in several of them.</summary>
    public void Complete() => _changes.Findings.AddRange(SpreadsheetFindings.Merge([_cleaner.DetachSpreadsheetFindings()]));
}
