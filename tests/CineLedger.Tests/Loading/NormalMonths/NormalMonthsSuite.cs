using System.Text;
using CineLedger.Cleaning;
using CineLedger.Loading;
using CineLedger.Model;
using CineLedger.Samples;
using CineLedger.Sources;
using CineLedger.Storage;
using CineLedger.Streaming;
using CineLedger.Tests.Samples;
using CineLedger.Tests.Support;

namespace CineLedger.Tests.Loading.NormalMonths;

/// <summary>
/// Loads twenty months of ordinary changes one after the other, or five months as a stream in batches of all sizes, which are hundreds of snapshots. No gate may
/// fire. A subclass for each engine opens the ledger.
/// </summary>
public abstract class NormalMonthsSuite
{
    private const int Months = 20;
    private const int StreamedMonths = 5;
    private static readonly int[] BatchSizes = [2, 25, 70, 300, 40, 1_000, 5_000];

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Twenty_months_of_the_real_movies_are_published()
    {
        RealData.RealData.SkipIfMissing(RealData.RealData.Head);
        await using var zip = File.OpenRead(RealData.RealData.Find(RealData.RealData.Head)!);
        await LoadMonthsAsync(await MovieTable.ReadZipAsync(zip, Cancel), seed: 1);
    }

    [Fact]
    public async Task Twenty_months_of_generated_movies_are_published()
    {
        var options = new SampleOptions { Movies = 3000, Seed = 78, Ratings = 0, Quirks = SampleQuirks.All & ~SampleQuirks.SplitRecords };
        await LoadMonthsAsync(Encoding.UTF8.GetString((await GeneratedSample.CreateAsync(options))[DatasetFiles.Movies]), seed: 2);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Months_of_changes_arrive_in_batches_of_all_sizes(bool sorted)
    {
        RealData.RealData.SkipIfMissing(RealData.RealData.Head);
        await using var zip = File.OpenRead(RealData.RealData.Find(RealData.RealData.Head)!);
        var months = new MovieMonths(MovieTable.Read(await MovieTable.ReadZipAsync(zip, Cancel)), TestSeed.Create(3));
        var random = new Random(TestSeed.Create(4));
        var known = new Dictionary<long, long>();
        await using var ledger = await OpenAsync();
        await StreamAsync(ledger, months, known, random, sorted);
        for (var month = 1; month <= StreamedMonths; month++)
        {
            months.Advance();
            await StreamAsync(ledger, months, known, random, sorted);
        }

        Assert.Equal(0L, await ledger.Connection.ExecuteScalarAsync("SELECT COUNT(*) FROM load_gate", Cancel));
        Assert.Equal((long)months.Count, await ledger.Connection.ExecuteScalarAsync("SELECT COUNT(*) FROM movie WHERE until IS NULL", Cancel));
    }

    /// <summary>Opens an empty ledger, which the caller disposes.</summary>
    protected abstract Task<Ledger> OpenAsync();

    private async Task LoadMonthsAsync(string movies, int seed)
    {
        await using var ledger = await OpenAsync();
        var months = new MovieMonths(MovieTable.Read(movies), TestSeed.Create(seed));
        await LoadAsync(ledger, months);
        for (var month = 1; month <= Months; month++)
        {
            months.Advance();
            await LoadAsync(ledger, months);
        }
    }

    /// <summary>Applies what a month changes, in the order of the IDs or in a random one.</summary>
    private static async Task StreamAsync(Ledger ledger, MovieMonths months, Dictionary<long, long> known, Random random, bool sorted)
    {
        var hash = new ContentHasher();
        var now = (await CleanedFile.CreateAsync(months.Movies.ToText())).Movies.GroupBy(movie => movie.Id).ToDictionary(group => group.Key, group => group.Last());
        var changes = now.Values.Select(movie => new MovieChange(movie.Id, movie, hash.Compute(movie))).Where(change => known.GetValueOrDefault(change.Id) != change.Hash)
            .Concat(known.Keys.Where(id => !now.ContainsKey(id)).Select(id => new MovieChange(id, null, 0))).OrderBy(change => sorted ? change.Id : random.Next()).ToList();
        for (var (next, batch) = (0, 0); next < changes.Count; next += BatchSizes[batch++ % BatchSizes.Length])
        {
            var set = new ChangeSet("movies/0");
            set.Changes.AddRange(changes.Skip(next).Take(BatchSizes[batch % BatchSizes.Length]));
            set.Records = set.Changes.Count;
            Assert.True((await ChangeWriter.ApplyAsync(ledger, [set], new("kafka:movies", LoadTrigger.Stream), Cancel)).IsPublished);
        }

        foreach (var change in changes)
        {
            known[change.Id] = change.Hash;
            _ = change.Movie is null && known.Remove(change.Id);
        }
    }

    private static async Task LoadAsync(Ledger ledger, MovieMonths months)
    {
        var summary = await Loader.LoadAsync(ledger, MemoryDataset.Create(months.Movies.ToText()), new(), null, Cancel);
        Assert.Equal((true, months.Month + 1, (long)months.Count), (summary.IsPublished, summary.Snapshot.Id, summary.Snapshot.Movies));
    }
}
