using System.Text;
using CineLedger.Cleaning;
using CineLedger.Loading.Gates;
using CineLedger.Model;
using CineLedger.Sources;
using CineLedger.Storage.Writing;

namespace CineLedger.Loading;

/// <summary>
/// The load of a file with one record per movie. It compares records with the ledger, writes new and changed ones while the file is read, and at the
/// end corrects what only the whole file shows.
/// </summary>
/// <param name="load">The load.</param>
/// <param name="table">The table of its rows.</param>
/// <param name="lines">The locations of its records.</param>
/// <param name="duplicates">Selects among several records of one movie.</param>
internal abstract class FileLoad<T>(LedgerLoad load, string table, RecordLocations lines, Duplicates<T> duplicates)
    where T : struct
{
    private long _bytesRead;
    private List<long> _replaced = [];

    public string Table => table;

    protected LedgerLoad Load => load;

    protected RecordLocations Locations => lines;

    /// <summary>Records read, without empty rows.</summary>
    public long Records { get; private set; }

    /// <summary>Records that were rejected as a whole.</summary>
    public long RejectedRecords { get; private set; }

    /// <summary>Records that win over an earlier record of the same movie; valid after <see cref="DetermineChanges"/>.</summary>
    public IReadOnlyList<T> Winners { get; private set; } = [];

    /// <summary>Every movie in the ledger or the file.</summary>
    protected IdMap<long, RecordState> Index { get; set; } = new();

    /// <summary>Whether the ledger keeps rows that are missing in the file.</summary>
    protected abstract bool KeepsMissing { get; }

    public abstract void Add(Finding finding);

    /// <summary>Reads one part of the file.</summary>
    /// <param name="part">The part's name.</param>
    /// <param name="batches">Its cleaned records.</param>
    /// <param name="file">The whole file.</param>
    /// <param name="gates">Decides on rejected records after each batch.</param>
    /// <param name="progress">Receives the progress of each batch.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public async Task ReadPartAsync(
        string part, IAsyncEnumerable<CleanedBatch<T>> batches, DatasetFile file, GateDecision gates, IProgress<LoadProgress>? progress,
        CancellationToken cancellationToken)
    {
        var spreadsheets = new List<SpreadsheetFindings>();
        var damagedTexts = new CappedFindings(part);
        lines.BeginPart(part);
        await foreach (var batch in batches.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            await AddBatchAsync(batch, damagedTexts, cancellationToken).ConfigureAwait(false);
            spreadsheets.Add(batch.Spreadsheet);
            _bytesRead += batch.Bytes;
            CheckRejectsEarly(file, _bytesRead, gates);
            progress?.Report(new LoadProgress(Records, _bytesRead, file.Length, part));
        }

        foreach (var finding in SpreadsheetFindings.Merge(spreadsheets).Concat(CappedFindings.Merge([damagedTexts])))
        {
            Add(finding);
        }
    }

    /// <summary>
    /// Writes the winners among duplicates and ends the rows that were replaced or, in a full load, are missing from the file. Called after the rows are committed.
    /// </summary>
    /// <param name="removedMovies">Movies that this load closes.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public async Task FinishAsync(IReadOnlyCollection<long> removedMovies, CancellationToken cancellationToken)
    {
        await DeleteWrittenAsync(duplicates.SupersededIds, cancellationToken).ConfigureAwait(false);
        await WriteAsync(Winners, cancellationToken).ConfigureAwait(false);
        await load.CloseAsync(table, [.. _replaced.Union(removedMovies)], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Determines the work of <see cref="FinishAsync"/>, which no longer needs the index.</summary>
    protected void DetermineChanges()
    {
        // Only existing rows can be ended, and a first load has none.
        _replaced = [.. Index.Where(state => state.InLedger && (state.IsNewOrChanged || IsMissing(state)))];
        Winners = [.. duplicates.LaterWinners.Where(winner => Index[duplicates.GetKey(winner).MovieId].HasNewContent)];
    }

    protected bool IsMissing(RecordState state) => state.InLedger && state.Line == 0 && !KeepsMissing;

    /// <summary>Stops the load as soon as its rejected records are certain to fail the check at the end.</summary>
    protected virtual void CheckRejectsEarly(DatasetFile file, long bytesRead, GateDecision gates) =>
        gates.CheckRejectsEarly(file.Name, RejectedRecords, Records, bytesRead, file.Length);

    /// <summary>Fills in missing values of a batch from the ledger.</summary>
    protected virtual ValueTask<CleanedBatch<T>> CompleteAsync(CleanedBatch<T> batch, CancellationToken cancellationToken) => new(batch);

    /// <summary>Selects the items of a batch that belong to the load.</summary>
    protected abstract CleanedBatch<T> Select(CleanedBatch<T> batch);

    /// <summary>Receives the first record of each movie, in file order, whether or not it is new.</summary>
    protected virtual ValueTask OnReadAsync(IReadOnlyList<T> records, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    protected abstract ValueTask WriteAsync(IReadOnlyList<T> records, CancellationToken cancellationToken);

    /// <summary>Deletes the rows that this load has written for these movies.</summary>
    protected abstract Task DeleteWrittenAsync(IReadOnlyCollection<long> movieIds, CancellationToken cancellationToken);

    private async Task AddBatchAsync(CleanedBatch<T> batch, CappedFindings damagedTexts, CancellationToken cancellationToken)
    {
        Records += batch.Records;
        batch = Select(await CompleteAsync(batch, cancellationToken).ConfigureAwait(false));
        foreach (var finding in batch.Findings)
        {
            RejectedRecords += finding.Kind == FindingKind.Reject && Rules.Find(finding.Rule) is { CostsRecord: not null } ? 1 : 0;
            if (finding is { Rule: Rules.DamagedText, Value: { } text })
            {
                damagedTexts.Add(finding.Kind, finding.Rule, finding.Line, finding.MovieId, finding.Field, Encoding.UTF8.GetBytes(text));
            }
            else
            {
                Add(finding);
            }
        }

        var first = new List<T>(batch.Items.Count);
        var changed = new List<T>(batch.Items.Count);
        foreach (var record in batch.Items)
        {
            var key = duplicates.GetKey(record);
            ref var state = ref Index[key.MovieId];
            if (state.Line == 0)
            {
                first.Add(record);
                state.Set(key, lines.GetNumber(key.Line));
                if (state.HasNewContent)
                {
                    changed.Add(record);
                }
            }
            else if (duplicates.Compare(ref state, record) is { } finding)
            {
                Add(finding);
            }
        }

        await OnReadAsync(first, cancellationToken).ConfigureAwait(false);
        await WriteAsync(changed, cancellationToken).ConfigureAwait(false);
    }
}
