using CineLedger.Cleaning;
using CineLedger.Loading.Gates;
using CineLedger.Model;
using CineLedger.Sources;
using CineLedger.Storage.Schema;
using CineLedger.Storage.Writing;

namespace CineLedger.Loading;

/// <summary>The load of a file of lists: credits or keywords.</summary>
/// <param name="load">The load.</param>
/// <param name="movies">The movies of the load.</param>
/// <param name="table">The table of the lists, one of <see cref="RelatedTables"/>.</param>
/// <param name="file">The file.</param>
/// <param name="lines">The locations of its records.</param>
/// <param name="write">Writes the rows of a list to the table.</param>
internal sealed class ListFileLoad<T>(
    LedgerLoad load, MovieFileLoad movies, string table, DatasetFile file, RecordLocations lines, Action<RelatedWriter, MovieItems<T>> write)
    : FileLoad<MovieItems<T>>(load, table, lines, new ListDuplicates<T>(lines)), IRelatedLoad
{
    private CappedFindings _unknown = new(file.Name);

    public IReadOnlyCollection<long> ChangedMovies { get; private set; } = [];

    /// <summary>Whether the load wrote all current rows of the table, each once; valid once the file has been read.</summary>
    public bool IsWholeTable { get; private set; }

    /// <summary>Whether the load writes or ends any row of the table; valid once the file has been read.</summary>
    public bool HasChanges { get; private set; }

    /// <summary>Gets the totals; valid once the file has been read.</summary>
    public ListTotals Totals { get; private set; } = new(file.Name, 0, 0, 0);

    protected override bool KeepsMissing => movies.Merge;

    /// <param name="parts">The records of each part of the file, by the part's name.</param>
    /// <param name="gates">Decides on rejected records.</param>
    /// <param name="progress">Receives the progress of each batch.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public async Task ReadAsync(
        IEnumerable<(string Name, IAsyncEnumerable<CleanedBatch<MovieItems<T>>> Batches)> parts, GateDecision gates, IProgress<LoadProgress>? progress,
        CancellationToken cancellationToken)
    {
        Index = new(movies.MovieCount);
        await Load.ReadKnownAsync(Table, (id, hash) => Index[id].LedgerHash = hash, cancellationToken).ConfigureAwait(false);
        var wasEmpty = Index.Count == 0;
        foreach (var (name, batches) in parts)
        {
            _unknown = new(name);
            await ReadPartAsync(name, batches, file, gates, progress, cancellationToken).ConfigureAwait(false);
            foreach (var finding in CappedFindings.Merge([_unknown]))
            {
                Add(finding);
            }
        }

        gates.CheckRejects(file.Name, RejectedRecords, Records);
        DetermineChanges();
        var items = 0L;
        var read = Index.CountWhere(state =>
        {
            items += state.Line != 0 ? state.Rank : 0;
            return state.Line != 0;
        });
        Totals = new ListTotals(file.Name, Records, read, items);
        ChangedMovies = [.. Index.Where(state => state.IsNewOrChanged || IsMissing(state)).Where(movies.IsOtherwiseUnchanged)];

        HasChanges = Index.Where(state => state.IsNewOrChanged || IsMissing(state)).Any();
        IsWholeTable = wasEmpty && Winners.Count == 0;

        // Frees the index: the next file fills its own.
        Index = new();
    }

    public override void Add(Finding finding) => movies.Add(finding);

    protected override CleanedBatch<MovieItems<T>> Select(CleanedBatch<MovieItems<T>> batch) => batch with { Items = batch.Items.FindAll(RefersToKnownMovie) };

    protected override ValueTask WriteAsync(IReadOnlyList<MovieItems<T>> records, CancellationToken cancellationToken) =>
        Load.WriteRelatedAsync(records, write, cancellationToken);

    protected override Task DeleteWrittenAsync(IReadOnlyCollection<long> movieIds, CancellationToken cancellationToken) =>
        Load.DeleteWrittenAsync(Table, movieIds, cancellationToken);

    private bool RefersToKnownMovie(MovieItems<T> list)
    {
        if (movies.IsExcluded(list.MovieId))
        {
            return false;
        }

        if (!movies.Has(list.MovieId))
        {
            _unknown.Add(FindingKind.Reject, Rules.UnknownMovie, list.Line, list.MovieId, "id", default);
            return false;
        }

        return true;
    }
}
