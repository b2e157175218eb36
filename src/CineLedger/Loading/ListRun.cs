using CineLedger.Cleaning;
using CineLedger.Model;
using CineLedger.Sources;
using CineLedger.Storage.Schema;
using CineLedger.Storage.Writing;

namespace CineLedger.Loading;

/// <summary>One file of lists in a load: what the ledger knows of it, what has been read, what is to be closed.</summary>
/// <param name="load">The load.</param>
/// <param name="films">Its films.</param>
/// <param name="table">Where the lists are kept: one of <see cref="SideTables"/>.</param>
/// <param name="file">The file.</param>
/// <param name="lines">Where its records stand.</param>
/// <param name="write">Writes lists to the table.</param>
internal sealed class ListRun<T>(
    LedgerLoad load, LoadRun films, string table, DatasetFile file, FilmLines lines, Func<IReadOnlyList<FilmList<T>>, CancellationToken, ValueTask> write) : ISideRun
{
    private readonly Dictionary<long, FilmList<T>> _laterWinners = [];
    private readonly HashSet<long> _beatenFirst = [];
    private MovieIndex _index = new();
    private long _records;
    private long _rejected;
    private long _bytesRead;
    private BoundedFindings _unknown = new(file.Name);
    private List<long> _replaced = [];

    public string Table => table;

    public IReadOnlyCollection<long> ChangedFilms { get; private set; } = [];

    /// <summary>Lists that beat an earlier one of their films': written when the load settles.</summary>
    public IReadOnlyList<FilmList<T>> Winners { get; private set; } = [];

    /// <summary>Good once the file has been read.</summary>
    public ListTotals Totals { get; private set; } = new(file.Name, 0, 0, 0);

    /// <param name="parts">What reads each part of the file, by its name.</param>
    /// <param name="maxRejects">The largest share of rejected records.</param>
    /// <param name="progress">Told of each batch.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async Task ReadAsync(
        IEnumerable<(string Name, ListPipeline<T> Pipeline)> parts, double maxRejects, IProgress<LoadProgress>? progress, CancellationToken cancellationToken)
    {
        _index = new MovieIndex(films.MoviesNow);
        await load.ReadKnownAsync(table, (id, hash) => _index[id].LedgerHash = hash, cancellationToken).ConfigureAwait(false);
        foreach (var (name, pipeline) in parts)
        {
            await ReadAsync(name, pipeline, progress, cancellationToken).ConfigureAwait(false);
        }

        QualityGates.CheckRejects(file.Name, _rejected, _records, maxRejects);
        Conclude();
    }

    /// <summary>Keeps of all films what is to be done and told at the end: the next file has an index of its own to fill.</summary>
    private void Conclude()
    {
        var items = 0L;
        var read = _index.CountWhere(entry =>
        {
            items += entry.Line != 0 ? entry.Votes : 0;
            return entry.Line != 0;
        });
        Totals = new ListTotals(file.Name, _records, read, items);
        ChangedFilms = [.. _index.Where(entry => (IsChanged(entry) || IsMissing(entry)) && films.IsOtherwiseUnchanged(entry.Id))];

        // Only what the ledger holds can end: of a first load that is nothing.
        _replaced = [.. _index.Where(entry => entry.InLedger && (IsChanged(entry) || IsMissing(entry)))];
        Winners = [.. _laterWinners.Values.Where(winner => IsNews(_index[winner.MovieId], winner.Hash))];
        _laterWinners.Clear();
        _index = new MovieIndex();
    }

    private async Task ReadAsync(string part, ListPipeline<T> pipeline, IProgress<LoadProgress>? progress, CancellationToken cancellationToken)
    {
        lines.Begin(part);
        _unknown = new BoundedFindings(part);
        var spreadsheets = new List<SpreadsheetTally>();
        await foreach (var batch in pipeline.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            await TakeAsync(batch, cancellationToken).ConfigureAwait(false);
            spreadsheets.Add(batch.Spreadsheet);
            _bytesRead += batch.Bytes;
            progress?.Report(new LoadProgress(_records, _bytesRead, file.Length, part));
        }

        foreach (var finding in pipeline.FileFindings.Concat(SpreadsheetTally.Merge(spreadsheets)).Concat(BoundedFindings.Merge([_unknown])))
        {
            films.Add(finding);
        }
    }

    /// <summary>Puts the winners of duplicates in place and closes what was replaced or, in a full load, is gone.</summary>
    public async Task SettleAsync(IReadOnlyCollection<long> removedFilms, CancellationToken cancellationToken)
    {
        await load.TakeBackAsync(table, _beatenFirst, cancellationToken).ConfigureAwait(false);
        await write(Winners, cancellationToken).ConfigureAwait(false);
        await load.CloseAsync(table, [.. _replaced.Union(removedFilms)], cancellationToken).ConfigureAwait(false);
    }

    private async Task TakeAsync(ListBatch<T> batch, CancellationToken cancellationToken)
    {
        var news = new List<FilmList<T>>(batch.Lists.Count);
        _records += batch.Records;
        foreach (var finding in batch.Findings)
        {
            _rejected += finding.Kind == FindingKind.Reject && Rules.Find(finding.Rule) is { CostsRecord: not null } ? 1 : 0;
            films.Add(finding);
        }

        foreach (var list in batch.Lists)
        {
            if (films.IsLeftOut(list.MovieId))
            {
                continue;
            }

            if (!films.Has(list.MovieId))
            {
                _unknown.Add(FindingKind.Reject, Rules.UnknownMovie, list.Line, list.MovieId, "id", default);
                continue;
            }

            ref var entry = ref _index[list.MovieId];
            if (entry.Line != 0)
            {
                Judge(ref entry, list);
                continue;
            }

            Remember(ref entry, list);
            if (IsNews(entry, list.Hash))
            {
                news.Add(list);
            }
        }

        await write(news, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Of different records of one film the later one wins: they have nothing like votes to go by.</summary>
    private void Judge(ref MovieIndex.Entry entry, FilmList<T> list)
    {
        if (list.Hash == entry.Hash)
        {
            films.Add(new(FindingKind.Drop, Rules.DuplicateRecord, lines.File, list.Line, list.MovieId, null, $"same as {lines.Text(entry.Line)}"));
            return;
        }

        var (beatenFile, beatenLine) = lines.Of(entry.Line);
        films.Add(new(
            FindingKind.Drop, Rules.ConflictingDuplicate, beatenFile, beatenLine, list.MovieId, null,
            FormattableString.Invariant($"beaten by {lines.Text(lines.Take(list.Line))}: {entry.Votes} names, {list.Items.Count} there")));
        _beatenFirst.Add(list.MovieId);
        _laterWinners[list.MovieId] = list;
        Remember(ref entry, list);
    }

    private void Remember(ref MovieIndex.Entry entry, FilmList<T> list) =>
        (entry.Line, entry.Hash, entry.Votes) = (lines.Take(list.Line), list.Hash, list.Items.Count);

    private static bool IsNews(MovieIndex.Entry entry, long hash) => hash != 0 && hash != entry.LedgerHash;

    private static bool IsChanged(MovieIndex.Entry entry) => entry.Line != 0 && entry.Hash != entry.LedgerHash;

    /// <summary>A film that the file no longer has: a merge leaves it as it is.</summary>
    private bool IsMissing(MovieIndex.Entry entry) => !films.Merge && entry.Line == 0 && entry.InLedger;
}
