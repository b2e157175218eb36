using CineLedger.Loading;
using CineLedger.Model;
using CineLedger.Sources;
using CineLedger.Storage.DuckDb;
using CineLedger.Tests.Support;

namespace CineLedger.Tests.Loading.Corruption;

/// <summary>A ledger that holds an undamaged dataset, over which damaged ones are loaded, and an empty ledger for first loads of them.</summary>
/// <param name="name">The dataset's name in the table of defects and gates.</param>
/// <param name="seed">The seed of the damage.</param>
public abstract class IntactLedger(string name, int seed) : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cineledger-tests-");
    private MovieTable? _intact;
    private LedgerFile? _filled;
    private LedgerFile? _empty;
    private byte[] _reports = [];
    private IReadOnlyList<string> _movies = [];

    public string Name => name;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        if (await ReadMoviesFileAsync() is not { } movies)
        {
            return;
        }

        _intact = MovieTable.Read(movies);
        var (filled, empty) = (Path.Combine(_folder.FullName, "filled.duckdb"), Path.Combine(_folder.FullName, "empty.duckdb"));
        await (await DuckDbLedger.OpenAsync(empty, default)).DisposeAsync();
        await using (var ledger = await DuckDbLedger.OpenAsync(filled, default))
        {
            await Loader.LoadAsync(ledger, MemoryDataset.Create(movies), new(), null, default);
            (_reports, _movies) = (await LedgerState.ReadReportsAsync(ledger, default), await LedgerState.ReadMoviesAsync(ledger, default));
        }

        (_filled, _empty) = (new(filled), new(empty));
    }

    /// <summary>Skips the test if the dataset is missing.</summary>
    public virtual void SkipIfMissing()
    {
    }

    internal byte[] Damage(Defect defect) => defect.Apply(_intact!, TestSeed.Create(seed));

    /// <summary>Loads a damaged file over the undamaged one, or as a first load, and checks that a load that publishes nothing changes nothing.</summary>
    /// <param name="damaged">The file.</param>
    /// <param name="isFirst">Whether the ledger is empty.</param>
    /// <param name="accepted">The gates that do not stop the load.</param>
    internal async Task<LoadOutcome> LoadAsync(byte[] damaged, bool isFirst, params IEnumerable<string> accepted)
    {
        var (file, reports) = isFirst ? (_empty!, []) : (_filled!, _reports);
        var (ledger, fingerprint) = await file.OpenAsync(Cancel);
        var outcome = await LoadAsync(ledger, damaged, new() { AcceptedGates = accepted.ToHashSet() });
        if (await LedgerState.ReadFingerprintAsync(ledger, Cancel) != fingerprint)
        {
            if (outcome.Result is LoadResult.Stopped or LoadResult.Refused)
            {
                var now = await LedgerState.ReadReportsAsync(ledger, Cancel);
                Assert.True(reports.AsSpan().SequenceEqual(now), $"nothing was published, but the reports changed: {outcome}");
            }

            await file.RenewAsync();
        }

        return outcome;
    }

    protected abstract Task<string?> ReadMoviesFileAsync();

    private async Task<LoadOutcome> LoadAsync(DuckDbLedger ledger, byte[] damaged, LoadOptions options)
    {
        try
        {
            var dataset = new MemoryDataset((DatasetFiles.Movies, damaged)) { Address = "memory" };
            return (await Loader.LoadAsync(ledger, dataset, options, null, Cancel)).IsPublished ? await CompareAsync(ledger) : new(LoadResult.Same, "nothing changed");
        }
        catch (QualityGateException stopped)
        {
            return new(LoadResult.Stopped, stopped.Message) { Gates = [.. stopped.Violations.Select(violation => (violation.Gate, violation.Column))] };
        }
        catch (LedgerException refused)
        {
            return new(LoadResult.Refused, refused.Message);
        }
    }

    private async Task<LoadOutcome> CompareAsync(DuckDbLedger ledger)
    {
        var movies = await LedgerState.ReadMoviesAsync(ledger, Cancel);
        var lost = _movies.Except(movies, StringComparer.Ordinal).ToList();
        if (lost.Count == 0 && movies.Count == _movies.Count)
        {
            var reports = await LedgerState.ReadReportsAsync(ledger, Cancel);
            Assert.True(_reports.AsSpan().SequenceEqual(reports), "the movies are the same, but not the reports");
            return new(LoadResult.Same, "the same movies");
        }

        var other = movies.Except(_movies, StringComparer.Ordinal).ToList();
        var start = lost.Count == 0 || other.Count == 0 ? 0 : Math.Max(0, lost[0].AsSpan().CommonPrefixLength(other[0]) - 40);
        return new(LoadResult.Damaged, $"{lost.Count:N0} of {_movies.Count:N0} movies are missing or different, {movies.Count:N0} are in the ledger.\nIntact: {Show(lost)}\nNow: {Show(other)}");

        string Show(List<string> movies) => movies.Count == 0 ? "none" : movies[0][start..Math.Min(start + 400, movies[0].Length)];
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var file in (LedgerFile?[])[_filled, _empty])
        {
            if (file is not null)
            {
                await file.RenewAsync();
            }
        }

        _folder.Delete(recursive: true);
    }
}
