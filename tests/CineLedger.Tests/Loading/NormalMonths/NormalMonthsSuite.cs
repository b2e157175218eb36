using System.Text;
using CineLedger.Loading;
using CineLedger.Samples;
using CineLedger.Sources;
using CineLedger.Storage;
using CineLedger.Tests.Samples;
using CineLedger.Tests.Support;

namespace CineLedger.Tests.Loading.NormalMonths;

/// <summary>Loads twenty months of ordinary changes one after the other. No gate may fire. A subclass for each engine opens the ledger.</summary>
public abstract class NormalMonthsSuite
{
    private const int Months = 20;

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

    private static async Task LoadAsync(Ledger ledger, MovieMonths months)
    {
        var summary = await Loader.LoadAsync(ledger, MemoryDataset.Create(months.Movies.ToText()), new(), null, Cancel);
        Assert.Equal((true, months.Month + 1, (long)months.Count), (summary.IsPublished, summary.Snapshot.Id, summary.Snapshot.Movies));
    }
}
