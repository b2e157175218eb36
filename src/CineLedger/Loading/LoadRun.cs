using CineLedger.Cleaning;
using CineLedger.Model;
using CineLedger.Storage;

namespace CineLedger.Loading;

/// <summary>The state of one load: what the ledger knows, what has been read, what is to be closed.</summary>
/// <param name="load">The load.</param>
/// <param name="file">The file of films; null where none is read and the ledger keeps its films.</param>
/// <param name="merge">Whether films stay that the dataset lacks.</param>
internal sealed class LoadRun(LedgerLoad load, string? file, bool merge)
{
    private readonly Duplicates _duplicates = new(file ?? "");
    private readonly FindingTally _tally = new();
    private MovieIndex _index = new();

    public long Records { get; private set; }

    /// <summary>Films in the ledger before.</summary>
    public int KnownMovies { get; private set; }

    public long RejectedRecords => _tally.RejectedRecords;

    public IReadOnlyList<FindingCount> Findings => _tally.Counts;

    /// <summary>Distinct films read.</summary>
    public int MoviesRead => _index.CountWhere(entry => entry.Line != 0);

    /// <summary>Films of the ledger that the dataset lacks.</summary>
    public int Missing => _index.CountWhere(entry => entry.InLedger && entry.Line == 0);

    /// <summary>True where what is not in the dataset's files stays.</summary>
    public bool Merge => merge;

    /// <summary>Films as of this load's end.</summary>
    public int MoviesNow => _index.CountWhere(IsThere);

    /// <summary>Films that this load closes.</summary>
    public IReadOnlyCollection<long> RemovedFilms => [.. _index.Where(entry => !IsThere(entry))];

    /// <summary>Whether the ledger has a film as of this load's end.</summary>
    public bool Has(long id) => _index.TryGet(id, out var entry) && IsThere(entry);

    /// <summary>Whether the ledger has had a film before that this load neither changes nor closes.</summary>
    public bool IsOtherwiseUnchanged(long id) => _index.TryGet(id, out var entry) && entry.InLedger && IsThere(entry) && !IsChanged(entry);

    /// <param name="expected">Films to make room for.</param>
    public async Task ReadKnownAsync(long expected, CancellationToken cancellationToken)
    {
        _index = new MovieIndex((int)Math.Min(expected, 100_000_000) + 4096);
        await load.ReadKnownAsync(
            (id, hash) => _index[id].LedgerHash = hash, cancellationToken).ConfigureAwait(false);
        KnownMovies = _index.Count;
    }

    public async Task ReadAsync(
        MoviePipeline pipeline, long? bytesTotal, IProgress<LoadProgress>? progress, CancellationToken cancellationToken)
    {
        var spreadsheets = new List<SpreadsheetTally>();
        var bytesRead = 0L;
        await foreach (var batch in pipeline.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            await TakeAsync(batch, cancellationToken).ConfigureAwait(false);
            spreadsheets.Add(batch.Spreadsheet);
            bytesRead += batch.Bytes;
            progress?.Report(new LoadProgress(Records, bytesRead, bytesTotal, file ?? ""));
        }

        foreach (var finding in pipeline.FileFindings.Concat(SpreadsheetTally.Merge(spreadsheets)))
        {
            Add(finding);
        }
    }

    /// <summary>What this load makes of the ledger's films.</summary>
    public Changes CountChanges() => new(
        _index.CountWhere(entry => !entry.InLedger && entry.Line != 0),
        _index.CountWhere(IsChanged),
        KeepsMissing ? 0 : Missing);

    /// <summary>Counts what <see cref="SettleAsync"/> would find, for a load that is not published.</summary>
    public void TallyBeaten() => _tally.Add(FindingKind.Drop, Rules.ConflictingDuplicate, _duplicates.BeatenFirst.Count);

    /// <summary>Puts the winners of duplicates in place and closes what was replaced or, in a full load, is gone.</summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        foreach (var beaten in await load.TakeBackAsync(_duplicates.BeatenFirst, cancellationToken).ConfigureAwait(false))
        {
            Add(_duplicates.FindingOf(beaten));
        }

        await load.WriteAsync([.. _duplicates.LaterWinners.Where(winner => IsNews(_index[winner.Movie.Id], winner.Hash))], cancellationToken)
            .ConfigureAwait(false);
        var closed = _index.Where(entry => IsChanged(entry) || !IsThere(entry)).ToList();
        await load.CloseAsync("movie", closed, cancellationToken).ConfigureAwait(false);
    }

    public void Add(Finding finding)
    {
        _tally.Add(finding);
        load.Add(finding);
    }

    private bool KeepsMissing => merge || file is null;

    private bool IsThere(MovieIndex.Entry entry) => entry.Line != 0 || (entry.InLedger && KeepsMissing);

    private static bool IsChanged(MovieIndex.Entry entry) => entry.InLedger && entry.Line != 0 && entry.Hash != entry.LedgerHash;

    private async Task TakeAsync(CleanBatch batch, CancellationToken cancellationToken)
    {
        var news = new List<(Movie, long)>(batch.Movies.Count);
        Records += batch.Records;
        foreach (var finding in batch.Findings)
        {
            Add(finding);
        }

        foreach (var (movie, hash) in batch.Movies)
        {
            ref var entry = ref _index[movie.Id];
            if (entry.Line != 0)
            {
                if (_duplicates.Judge(ref entry, movie, hash) is { } finding)
                {
                    Add(finding);
                }

                continue;
            }

            entry.Line = movie.Line;
            entry.Votes = movie.VoteCount ?? -1;
            entry.Hash = hash;
            if (IsNews(entry, hash))
            {
                news.Add((movie, hash));
            }
        }

        await load.WriteAsync(news, cancellationToken).ConfigureAwait(false);
    }

    private static bool IsNews(MovieIndex.Entry entry, long hash) => !entry.InLedger || entry.LedgerHash != hash;
}

/// <summary>Numbers of films by what a load does to them.</summary>
internal readonly record struct Changes(int Added, int Changed, int Removed)
{
    public bool None => this == default;
}
