using CineLedger.Cleaning;
using CineLedger.Model;
using CineLedger.Sources;
using CineLedger.Storage;

namespace CineLedger.Loading;

/// <summary>One file of lists in a load: what the ledger knows of it, what has been read, what is to be closed.</summary>
/// <param name="load">The load.</param>
/// <param name="films">Its films.</param>
/// <param name="table">Where the lists are kept: one of <see cref="SideTables"/>.</param>
/// <param name="file">The file.</param>
/// <param name="write">Writes lists to the table.</param>
internal sealed class ListRun<T>(
    LedgerLoad load, LoadRun films, string table, DatasetFile file, Func<IReadOnlyList<FilmList<T>>, CancellationToken, ValueTask> write) : ISideRun
{
    private readonly Dictionary<long, FilmList<T>> _laterWinners = [];
    private readonly HashSet<long> _beatenFirst = [];
    private readonly BoundedFindings _unknown = new(file.Name);
    private MovieIndex _index = new();
    private long _records;
    private long _rejected;

    public string Table => table;

    public IEnumerable<long> ChangedFilms => _index.Where(entry => IsChanged(entry) || IsMissing(entry));

    public ListTotals Totals
    {
        get
        {
            var items = 0L;
            var read = _index.CountWhere(entry =>
            {
                items += entry.Line != 0 ? entry.Votes : 0;
                return entry.Line != 0;
            });
            return new ListTotals(file.Name, _records, read, items);
        }
    }

    public async Task ReadAsync(
        ListPipeline<T> pipeline, double maxRejects, IProgress<LoadProgress>? progress, CancellationToken cancellationToken)
    {
        _index = new MovieIndex(films.MoviesNow);
        await load.ReadKnownAsync(table, (id, hash) => _index[id].LedgerHash = hash, cancellationToken).ConfigureAwait(false);
        var (spreadsheets, bytesRead) = (new List<SpreadsheetTally>(), 0L);
        await foreach (var batch in pipeline.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            await TakeAsync(batch, cancellationToken).ConfigureAwait(false);
            spreadsheets.Add(batch.Spreadsheet);
            bytesRead += batch.Bytes;
            progress?.Report(new LoadProgress(_records, bytesRead, file.Length, file.Name));
        }

        foreach (var finding in pipeline.FileFindings.Concat(SpreadsheetTally.Merge(spreadsheets)).Concat(BoundedFindings.Merge([_unknown])))
        {
            films.Add(finding);
        }

        QualityGates.CheckRejects(file.Name, _rejected, _records, maxRejects);
    }

    /// <summary>Puts the winners of duplicates in place and closes what was replaced or, in a full load, is gone.</summary>
    public async Task SettleAsync(IReadOnlyCollection<long> removedFilms, CancellationToken cancellationToken)
    {
        await load.TakeBackAsync(table, _beatenFirst, cancellationToken).ConfigureAwait(false);
        await write([.. _laterWinners.Values.Where(winner => IsNews(_index[winner.MovieId], winner.Hash))], cancellationToken).ConfigureAwait(false);
        await load.CloseAsync(table, [.. ChangedFilms.Union(removedFilms)], cancellationToken).ConfigureAwait(false);
    }

    private async Task TakeAsync(ListBatch<T> batch, CancellationToken cancellationToken)
    {
        var news = new List<FilmList<T>>(batch.Lists.Count);
        _records += batch.Records;
        foreach (var finding in batch.Findings)
        {
            _rejected += finding.Kind == FindingKind.Reject && finding.Rule is Rules.WrongColumnCount or Rules.InvalidId ? 1 : 0;
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
            films.Add(new(
                FindingKind.Drop, Rules.DuplicateRecord, file.Name, list.Line, list.MovieId, null, FormattableString.Invariant($"same as line {entry.Line}")));
            return;
        }

        films.Add(new(
            FindingKind.Drop, Rules.ConflictingDuplicate, file.Name, entry.Line, list.MovieId, null,
            FormattableString.Invariant($"beaten by line {list.Line}: {entry.Votes} names, {list.Items.Count} there")));
        _beatenFirst.Add(list.MovieId);
        _laterWinners[list.MovieId] = list;
        Remember(ref entry, list);
    }

    private static void Remember(ref MovieIndex.Entry entry, FilmList<T> list) =>
        (entry.Line, entry.Hash, entry.Votes) = (list.Line, list.Hash, list.Items.Count);

    private static bool IsNews(MovieIndex.Entry entry, long hash) => hash != 0 && hash != entry.LedgerHash;

    private static bool IsChanged(MovieIndex.Entry entry) => entry.Line != 0 && entry.Hash != entry.LedgerHash;

    /// <summary>A film that the file no longer has: a merge leaves it as it is.</summary>
    private bool IsMissing(MovieIndex.Entry entry) => !films.Merge && entry.Line == 0 && entry.InLedger;
}
