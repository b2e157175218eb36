using CineLedger.Loading;
using CineLedger.Model;
using CineLedger.Reports.Profile;
using CineLedger.Storage;
using CineLedger.Storage.Snapshots;
using CineLedger.Tests.Support;
using static CineLedger.Tests.Support.MovieFile;

namespace CineLedger.Tests.Reports.Profile;

public sealed class ProfileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cineledger-tests-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_figure_of_a_hand_made_dataset()
    {
        await using var dataset = HandMadeProfile.Dataset;
        var profile = await SourceProfile.ReadAsync(dataset, null, Cancel);
        Assert.Equal(HandMadeProfile.Columns, HandMadeProfile.GetColumns(profile));
        Assert.Equal(HandMadeProfile.Links, HandMadeProfile.GetLinks(profile));
        Assert.Equal(HandMadeProfile.Rest, HandMadeProfile.GetRest(profile));
    }

    [Fact]
    public async Task Zeros_are_distinguished_from_missing_values_when_the_source_is_available()
    {
        await using var dataset = HandMadeProfile.Dataset;
        var source = await SourceProfile.ReadAsync(dataset, null, Cancel);
        Assert.True(source.IsFromSource);
        Assert.Equal(["budget 1", "revenue 1", "runtime 1"], Zeros(source));

        await using var ledger = await LoadAsync(HandMadeProfile.Dataset);
        var kept = await Profiler.ReadAsync(ledger.Connection, await SnapshotRows.FindAsync(ledger.Connection, null, Cancel), Cancel);
        Assert.False(kept.IsFromSource);
        Assert.Empty(Zeros(kept));
        Assert.Equal(HandMadeProfile.GetColumns(source), HandMadeProfile.GetColumns(kept));
    }

    [Fact]
    public async Task An_older_snapshot_has_the_profile_it_had()
    {
        await using var ledger = await LoadAsync(HandMadeProfile.Dataset);
        await Loader.LoadAsync(ledger, MemoryDataset.Create(MovieFile.Text(Full(1, ("title", "Only")))), Accept.Anything, null, Cancel);
        var first = await Profiler.ReadAsync(ledger.Connection, await SnapshotRows.FindAsync(ledger.Connection, 1, Cancel), Cancel);
        var second = await Profiler.ReadAsync(ledger.Connection, await SnapshotRows.FindAsync(ledger.Connection, 2, Cancel), Cancel);
        Assert.Equal(HandMadeProfile.Columns, HandMadeProfile.GetColumns(first));
        Assert.Equal(HandMadeProfile.Links, HandMadeProfile.GetLinks(first));
        Assert.Equal(HandMadeProfile.Rest, HandMadeProfile.GetRest(first));
        Assert.Equal(1, second.Total.Movies);
        Assert.Equal("Only", second.Columns[0].Min);
    }

    [Fact]
    public async Task A_profile_of_one_movie_without_known_values_is_complete()
    {
        var profile = await SourceProfile.ReadAsync(MemoryDataset.Create(MovieFile.Text(Bare(1, ("title", "")))), null, Cancel);
        Assert.Equal(new YearCoverage(null, 1, 0, 0, 0), Assert.Single(profile.Years));
        Assert.Empty(profile.Amounts.LargestBudgets);
        Assert.Empty(profile.Amounts.Sizes);
        Assert.All(profile.Amounts.Suspicious, suspicious => Assert.Equal((0, 0), (suspicious.Movies, suspicious.Examples.Count)));
        Assert.Equal("title 0/1 0 .. | | |", HandMadeProfile.GetColumns(profile).First());
        Assert.Equal(["companies 0/1 0 0 | |", "genres 0/1 0 0 | |", "countries 0/1 0 0 | |", "spoken_languages 0/1 0 0 | |"], HandMadeProfile.GetLinks(profile));
    }

    /// <summary>Uses 31 movies that earn two to four times their budget, and one that earns a hundred thousand times its budget.</summary>
    [Fact]
    public async Task An_extreme_return_is_reported_as_suspicious()
    {
        var typical = Enumerable.Range(1, 31).Select(id => Bare(id, ("budget", "1000000"), ("revenue", $"{2_000_000 + (id * 60_001)}")));
        var profile = await SourceProfile.ReadAsync(
            MemoryDataset.Create(MovieFile.Text([.. typical, Bare(40, ("title", "Wonder"), ("budget", "15000"), ("revenue", "1500000000"))])), null, Cancel);
        var suspicious = profile.Amounts.Suspicious.Single(suspicious => suspicious.Rule == AmountRules.Outlier);
        Assert.Equal((1, "Wonder"), (suspicious.Movies, Assert.Single(suspicious.Examples).Title));
        Assert.Contains("Half of the movies earn more than 2.99 times their budget.", suspicious.Explanation, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static IEnumerable<string> Zeros(LedgerProfile profile) =>
        profile.Columns.Where(column => column.Zeros is not null).Select(column => $"{column.Name} {column.Zeros}");

    private async Task<Ledger> LoadAsync(MemoryDataset dataset)
    {
        var ledger = await StoreEngine.Get(Path.Combine(_folder.FullName, "ledger.duckdb")).OpenAsync(Path.Combine(_folder.FullName, "ledger.duckdb"), wait: false, Cancel);
        await Loader.LoadAsync(ledger, dataset, new() { MaxRejects = 1, AcceptedGates = Accept.Content }, null, Cancel);
        return ledger;
    }
}
