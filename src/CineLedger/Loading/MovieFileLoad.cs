using CineLedger.Cleaning;
using CineLedger.Loading.Gates;
using CineLedger.Loading.Statistics;
using CineLedger.Model;
using CineLedger.Sources;
using CineLedger.Storage.Writing;

namespace CineLedger.Loading;

/// <summary>The load of the movie file. It determines which movies the other files may refer to, and collects the findings of the whole load.</summary>
/// <param name="load">The load.</param>
/// <param name="files">The names of the parts of the movie file; empty when it is not read and the ledger keeps its movies.</param>
/// <param name="merge">Whether movies that are missing in the dataset are kept.</param>
/// <param name="years">The release years to load; null for all.</param>
/// <param name="known">The values of the ledger; null if it has no snapshot.</param>
/// <param name="lines">The locations of the records.</param>
/// <param name="duplicates">Selects among several records of one movie.</param>
internal sealed class MovieFileLoad(
    LedgerLoad load, IReadOnlyList<string> files, bool merge, YearSet? years, KnownValues? known, RecordLocations lines, MovieDuplicates duplicates)
    : FileLoad<(Movie Movie, long Hash)>(load, "movie", lines, duplicates)
{
    /// <summary>The number of batches that may wait to be profiled.</summary>
    private const int ProfileQueueLength = 8;

    private readonly HashSet<long> _excludedMovies = [];
    private readonly FindingCounter _counter = new();
    private readonly CompanySpellings _companies = new();
    private IReadOnlyList<string>? _missingColumns;
    private MovieProfile? _profile;
    private SnapshotStatistics? _statistics;
    private WriteQueue<IReadOnlyList<(Movie Movie, long Hash)>>? _profileQueue;
    private Task _profileCompletion = Task.CompletedTask;
    private readonly FindingExamples _examples = new(files);

    /// <summary>Movies in the ledger before this load.</summary>
    public int KnownMovies { get; private set; }

    public IReadOnlyList<FindingCount> Findings => _counter.Counts;

    /// <summary>Records that differ from another record of the same movie.</summary>
    public long ConflictingRecords => duplicates.SupersededIds.Count + Findings.Where(finding => finding.Rule == Rules.ConflictingDuplicate).Sum(finding => finding.Count);

    /// <summary>Examples of the findings of the whole load.</summary>
    public FindingExamples Examples => _examples;

    /// <summary>The profile of a full load; null when the ledger keeps others. Complete after <see cref="FinishAsync(CancellationToken)"/>.</summary>
    public MovieProfile? Profile => _profile;

    /// <summary>The statistics of a full load; null when the ledger keeps others. Complete after <see cref="FinishAsync(CancellationToken)"/>.</summary>
    public SnapshotStatistics? Statistics => _statistics;

    /// <summary>Whether any movie read has a date, an amount, a genre or a company.</summary>
    public bool HasContent { get; private set; }

    /// <summary>The known columns that no part of the file has.</summary>
    public IReadOnlyList<string> MissingColumns => _missingColumns ?? [];

    /// <summary>Distinct movies read.</summary>
    public int MoviesRead => Index.CountWhere(state => state.Line != 0);

    /// <summary>Whether data that is missing in the dataset is kept.</summary>
    public bool Merge => merge;

    /// <summary>Movies after this load.</summary>
    public int MovieCount => Index.Count - Missing;

    /// <summary>Movies of the ledger that are missing in the dataset and closed by this load.</summary>
    public int Missing => Index.CountWhere(IsMissing);

    public IReadOnlyCollection<long> RemovedMovies => [.. Index.Where(IsMissing)];

    protected override bool KeepsMissing => merge || files.Count == 0;

    /// <summary>Returns whether the ledger has a movie after this load.</summary>
    public bool Has(long id) => Index.TryGet(id, out var state) && !IsMissing(state);

    /// <summary>Returns whether a movie is outside the selected years, so that all data about it is ignored.</summary>
    public bool IsExcluded(long id) => years is not null && (Index.TryGet(id, out var state) ? state.Line == 0 : _excludedMovies.Contains(id));

    /// <summary>Returns whether the ledger had this movie before and the load neither changes nor removes it.</summary>
    public bool IsOtherwiseUnchanged(long id) => KnownMovies > 0 && Index.TryGet(id, out var state) && state.InLedger && !IsMissing(state) && !state.IsNewOrChanged;

    /// <param name="expected">The number of movies to reserve space for.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public async Task ReadKnownAsync(long expected, CancellationToken cancellationToken)
    {
        Index = new((int)Math.Min(expected, 100_000_000) + 4096);
        _profile = KeepsMissing ? null : new(expected);
        _statistics = KeepsMissing ? null : new(Load.Names);
        await Load.ReadKnownAsync((id, hash) => Index[id].LedgerHash = hash, cancellationToken).ConfigureAwait(false);
        KnownMovies = Index.Count;
    }

    /// <summary>Checks that a full load does not lose columns that the file does not have.</summary>
    public async Task<IReadOnlyList<GateViolation>> CheckMissingColumnsAsync(CancellationToken cancellationToken) =>
        merge || known is null || MissingColumns.Count == 0 ? [] : await known.CheckAsync(MissingColumns, cancellationToken).ConfigureAwait(false);

    /// <summary>Completes the profile in the background, after all parts were read.</summary>
    public void CompleteProfile()
    {
        if (_profileQueue is not null && _profile is not null)
        {
            _profileCompletion = Task.Run(async () =>
            {
                await _profileQueue.CompleteAsync().ConfigureAwait(false);
                _profile.Prepare();
            });
        }
    }

    /// <summary>The names of new companies with several spellings.</summary>
    public IReadOnlyList<string> NewCompanyNames => _companies.GetNewNames(Load.CompanyNames);

    /// <summary>Adds the findings about companies, after all parts were read.</summary>
    public void AddCompanyFindings()
    {
        foreach (var finding in _companies.CreateFindings(Load.CompanyNames, Locations.GetLocation))
        {
            Add(finding);
        }
    }

    /// <summary>Counts the load's changes to the ledger's movies.</summary>
    public LoadChanges CountChanges() =>
        new(Index.CountWhere(state => !state.InLedger && state.IsNewOrChanged), Index.CountWhere(state => state.InLedger && state.IsNewOrChanged), Missing);

    /// <summary>Counts the findings that <see cref="FinishAsync"/> would add, for a load that is not published.</summary>
    public void CountSuperseded() => _counter.Add(FindingKind.Drop, Rules.ConflictingDuplicate, duplicates.SupersededIds.Count);

    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        DetermineChanges();
        await _profileCompletion.ConfigureAwait(false);
        await FinishAsync([], cancellationToken).ConfigureAwait(false);
        if (_profile is not null)
        {
            foreach (var (movie, _) in duplicates.LaterWinners)
            {
                _profile.Add(movie);
                _statistics?.Add(movie);
            }

            _statistics?.Complete();
        }
    }

    public override void Add(Finding finding)
    {
        _counter.Add(finding);
        _examples.Add(finding);
        Load.Add(finding);
    }

    protected override void CheckRejectsEarly(DatasetFile file, long bytesRead, GateDecision gates) =>
        gates.CheckMovieRejectsEarly(file.Name, this, bytesRead, file.Length);

    /// <summary>In a merge, gives the movies the ledger's values of the columns that the file does not have.</summary>
    protected override ValueTask<CleanedBatch<(Movie Movie, long Hash)>> CompleteAsync(CleanedBatch<(Movie Movie, long Hash)> batch, CancellationToken cancellationToken) =>
        merge && known is not null && (batch.Columns.Missing.Count > 0 || batch.Columns.HasOriginalTitlesOnly)
            ? new(known.CompleteAsync(batch, id => Index.TryGet(id, out var state) ? state.LedgerHash : 0, cancellationToken))
            : new(batch);

    /// <summary>Selects the movies of the requested years, and the findings of these movies and of records without a movie.</summary>
    protected override CleanedBatch<(Movie Movie, long Hash)> Select(CleanedBatch<(Movie Movie, long Hash)> batch)
    {
        _missingColumns = _missingColumns is null || _missingColumns == batch.Columns.Missing ? batch.Columns.Missing : [.. _missingColumns.Intersect(batch.Columns.Missing)];
        HasContent = HasContent || batch.Items.Exists(item => RecordGates.HasContent(item.Movie));
        if (years is null)
        {
            return batch;
        }

        var others = batch.Items.Where(item => !years.Contains(item.Movie.ReleaseYear)).Select(item => item.Movie.Id).ToHashSet();
        _excludedMovies.UnionWith(others);
        return batch with
        {
            Items = [.. batch.Items.Where(item => years.Contains(item.Movie.ReleaseYear))],
            Findings = [.. batch.Findings.Where(finding => finding.MovieId is not { } id || !others.Contains(id))],
        };
    }

    /// <summary>Counts the companies of the movies, and adds the movies to the profile in the background.</summary>
    protected override ValueTask OnReadAsync(IReadOnlyList<(Movie Movie, long Hash)> records, CancellationToken cancellationToken)
    {
        foreach (var (movie, _) in records)
        {
            _companies.Add(movie, Locations.GetNumber(movie.Line));
        }

        if (_profile is null)
        {
            return ValueTask.CompletedTask;
        }

        _profileQueue ??= new(
            (movies, _) =>
            {
                foreach (var (movie, _) in movies)
                {
                    _profile.Add(movie);
                    _statistics?.Add(movie);
                }

                return ValueTask.CompletedTask;
            },
            ProfileQueueLength, cancellationToken);
        return _profileQueue.AddAsync(records, cancellationToken);
    }

    protected override ValueTask WriteAsync(IReadOnlyList<(Movie Movie, long Hash)> records, CancellationToken cancellationToken) =>
        new(Load.WriteAsync(records, cancellationToken));

    protected override async Task DeleteWrittenAsync(IReadOnlyCollection<long> movieIds, CancellationToken cancellationToken)
    {
        foreach (var superseded in await Load.DeleteWrittenAsync(movieIds, cancellationToken).ConfigureAwait(false))
        {
            Add(duplicates.CreateFirstRecordFinding((superseded, 0)));
            _profile?.Remove(superseded);
            _statistics?.Remove(superseded);
        }
    }
}

/// <summary>The number of movies that a load adds, changes and removes.</summary>
internal readonly record struct LoadChanges(int Added, int Changed, int Removed)
{
    public bool IsEmpty => this == default;

    public int Total => Added + Changed + Removed;
}
