using CineLedger.Cleaning;
using CineLedger.Model;
using CineLedger.Storage.Writing;

namespace CineLedger.Loading;

/// <summary>The state of one load: what the ledger knows, what has been read, what is to be closed.</summary>
/// <param name="load">The load.</param>
/// <param name="files">The parts of the film's file, by their names; none where it is not read and the ledger keeps its films.</param>
/// <param name="merge">Whether films stay that the dataset lacks.</param>
/// <param name="years">The years of release of the films that are taken; null for all.</param>
/// <param name="lines">Where their records stand.</param>
internal sealed class LoadRun(LedgerLoad load, IReadOnlyList<string> files, bool merge, YearSet? years, FilmLines lines)
{
    private readonly Duplicates _duplicates = new(lines);
    private readonly HashSet<long> _ofOtherYears = [];
    private readonly FindingTally _tally = new();
    private MovieIndex _index = new();
    private long _bytesRead;

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

    /// <summary>Whether a film is none of those that a load of some years is about: nothing that is said of it counts.</summary>
    public bool IsLeftOut(long id) =>
        years is not null && (_index.TryGet(id, out var entry) && entry.Line != 0 ? false : entry.InLedger || _ofOtherYears.Contains(id));

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
        MoviePipeline pipeline, string part, long? bytesTotal, IProgress<LoadProgress>? progress, CancellationToken cancellationToken)
    {
        var spreadsheets = new List<SpreadsheetTally>();
        lines.Begin(part);
        await foreach (var batch in pipeline.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            await TakeAsync(batch, cancellationToken).ConfigureAwait(false);
            spreadsheets.Add(batch.Spreadsheet);
            _bytesRead += batch.Bytes;
            progress?.Report(new LoadProgress(Records, _bytesRead, bytesTotal, part));
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

    private bool KeepsMissing => merge || files.Count == 0;

    private bool IsThere(MovieIndex.Entry entry) => entry.Line != 0 || (entry.InLedger && KeepsMissing);

    private static bool IsChanged(MovieIndex.Entry entry) => entry.InLedger && entry.Line != 0 && entry.Hash != entry.LedgerHash;

    private async Task TakeAsync(CleanBatch batch, CancellationToken cancellationToken)
    {
        batch = years is null ? batch : OfYears(batch, years);
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

            entry.Line = lines.Take(movie.Line);
            entry.Votes = movie.VoteCount ?? -1;
            entry.Hash = hash;
            if (IsNews(entry, hash))
            {
                news.Add((movie, hash));
            }
        }

        await load.WriteAsync(news, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What a batch holds of films of these years, and what was found in records that are no film at all.</summary>
    private CleanBatch OfYears(CleanBatch batch, YearSet taken)
    {
        var others = batch.Movies.Where(film => !taken.Has(film.Movie.ReleaseDate?.Year)).Select(film => film.Movie.Id).ToHashSet();
        _ofOtherYears.UnionWith(others);
        return batch with
        {
            Movies = [.. batch.Movies.Where(film => taken.Has(film.Movie.ReleaseDate?.Year))],
            Findings = [.. batch.Findings.Where(finding => finding.MovieId is not { } id || !others.Contains(id))],
        };
    }

    private static bool IsNews(MovieIndex.Entry entry, long hash) => !entry.InLedger || entry.LedgerHash != hash;
}

/// <summary>Numbers of films by what a load does to them.</summary>
internal readonly record struct Changes(int Added, int Changed, int Removed)
{
    public bool None => this == default;
}
