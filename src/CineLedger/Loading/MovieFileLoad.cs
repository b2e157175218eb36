using CineLedger.Cleaning;
using CineLedger.Model;
using CineLedger.Storage.Writing;

namespace CineLedger.Loading;

/// <summary>The movies of a load, by which its other files go, and what the whole load found.</summary>
/// <param name="load">The load.</param>
/// <param name="files">The parts of the movies file, by their names; none where it is not read and the ledger keeps its movies.</param>
/// <param name="merge">Whether movies stay that the dataset lacks.</param>
/// <param name="years">The years of release of the movies that are taken; null for all.</param>
/// <param name="lines">Where their records stand.</param>
/// <param name="duplicates">Chooses among records of one movie.</param>
internal sealed class MovieFileLoad(LedgerLoad load, IReadOnlyList<string> files, bool merge, YearSet? years, MovieLines lines, MovieDuplicates duplicates)
    : FileLoad<(Movie Movie, long Hash)>(load, "movie", lines, duplicates)
{
    private readonly HashSet<long> _ofOtherYears = [];
    private readonly FindingCounter _tally = new();

    /// <summary>Movies in the ledger before.</summary>
    public int KnownMovies { get; private set; }

    public IReadOnlyList<FindingCount> Findings => _tally.Counts;

    /// <summary>Distinct movies read.</summary>
    public int MoviesRead => Index.CountWhere(state => state.Line != 0);

    /// <summary>True where what is not in the dataset's files stays.</summary>
    public bool Merge => merge;

    /// <summary>Movies as of this load's end.</summary>
    public int MoviesNow => Index.Count - Missing;

    /// <summary>Movies of the ledger that the dataset lacks, and that this load closes.</summary>
    public int Missing => Index.CountWhere(IsMissing);

    public IReadOnlyCollection<long> RemovedMovies => [.. Index.Where(IsMissing)];

    protected override bool KeepsMissing => merge || files.Count == 0;

    /// <summary>Whether the ledger has a movie as of this load's end.</summary>
    public bool Has(long id) => Index.TryGet(id, out var state) && !IsMissing(state);

    /// <summary>Whether a movie is none of those that a load of some years is about: nothing that is said of it counts.</summary>
    public bool IsLeftOut(long id) => years is not null && (Index.TryGet(id, out var state) ? state.Line == 0 : _ofOtherYears.Contains(id));

    /// <summary>Whether the ledger has had a movie before that this load neither changes nor closes.</summary>
    public bool IsOtherwiseUnchanged(long id) => Index.TryGet(id, out var state) && state.InLedger && !IsMissing(state) && !state.IsNewOrChanged;

    /// <param name="expected">Movies to make room for.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async Task ReadKnownAsync(long expected, CancellationToken cancellationToken)
    {
        Index = new((int)Math.Min(expected, 100_000_000) + 4096);
        await Load.ReadKnownAsync((id, hash) => Index[id].LedgerHash = hash, cancellationToken).ConfigureAwait(false);
        KnownMovies = Index.Count;
    }

    /// <summary>What this load makes of the ledger's movies.</summary>
    public LoadChanges CountChanges() =>
        new(Index.CountWhere(state => !state.InLedger && state.IsNewOrChanged), Index.CountWhere(state => state.InLedger && state.IsNewOrChanged), Missing);

    /// <summary>Counts the findings that <see cref="FinishAsync"/> would add, for a load that is not published.</summary>
    public void TallyBeaten() => _tally.Add(FindingKind.Drop, Rules.ConflictingDuplicate, duplicates.BeatenFirst.Count);

    public Task FinishAsync(CancellationToken cancellationToken)
    {
        Conclude();
        return FinishAsync([], cancellationToken);
    }

    public override void Add(Finding finding)
    {
        _tally.Add(finding);
        Load.Add(finding);
    }

    /// <summary>What a batch holds of movies of the chosen years, and what was found in records that are no movie at all.</summary>
    protected override CleanedBatch<(Movie Movie, long Hash)> Select(CleanedBatch<(Movie Movie, long Hash)> batch)
    {
        if (years is null)
        {
            return batch;
        }

        var others = batch.Items.Where(item => !years.Contains(item.Movie.ReleaseDate?.Year)).Select(item => item.Movie.Id).ToHashSet();
        _ofOtherYears.UnionWith(others);
        return batch with
        {
            Items = [.. batch.Items.Where(item => years.Contains(item.Movie.ReleaseDate?.Year))],
            Findings = [.. batch.Findings.Where(finding => finding.MovieId is not { } id || !others.Contains(id))],
        };
    }

    protected override ValueTask WriteAsync(IReadOnlyList<(Movie Movie, long Hash)> records, CancellationToken cancellationToken) =>
        new(Load.WriteAsync(records, cancellationToken));

    protected override async Task DeleteWrittenAsync(IReadOnlyCollection<long> movieIds, CancellationToken cancellationToken)
    {
        foreach (var beaten in await Load.DeleteWrittenAsync(movieIds, cancellationToken).ConfigureAwait(false))
        {
            Add(duplicates.FindingOfFirst((beaten, 0)));
        }
    }
}

/// <summary>Numbers of movies by what a load does to them.</summary>
internal readonly record struct LoadChanges(int Added, int Changed, int Removed)
{
    public bool IsEmpty => this == default;
}
