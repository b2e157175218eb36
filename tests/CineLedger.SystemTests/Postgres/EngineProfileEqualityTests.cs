using System.Text;
using CineLedger.Charts.Profile;
using CineLedger.Loading;
using CineLedger.Reports.Profile;
using CineLedger.Sources;
using CineLedger.Storage;
using CineLedger.Storage.Snapshots;
using CineLedger.SystemTests.CommandLine;
using CineLedger.Tests.RealData;
using CineLedger.Tests.Reports.Profile;
using CineLedger.Tests.Support;

namespace CineLedger.SystemTests.Postgres;

/// <summary>Equal data has the same profile on every engine, byte for byte.</summary>
public sealed class EngineProfileEqualityTests(SharedServer server, Datasets datasets) : IDisposable
{
    private readonly Workspace _workspace = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_figure_of_the_hand_made_dataset_is_correct_in_PostgreSQL()
    {
        var address = await server.CreateDatabaseAsync();
        await using var database = await StoreEngine.Get(address).OpenAsync(address, wait: false, Cancel);
        var loaded = await Loader.LoadAsync(database, HandMadeProfile.Dataset, new() { MaxRejects = 1, AcceptedGates = Accept.Content }, null, Cancel);
        var profile = await Profiler.ReadAsync(database.Connection, loaded.Snapshot, Cancel);
        Assert.Equal(HandMadeProfile.Columns, HandMadeProfile.GetColumns(profile));
        Assert.Equal(HandMadeProfile.Links, HandMadeProfile.GetLinks(profile));
        Assert.Equal(HandMadeProfile.Rest, HandMadeProfile.GetRest(profile));
    }

    [Fact]
    public async Task Generated_movies_have_the_same_profile_on_both_engines() => await CompareAsync(datasets.Clean, datasets.Movies);

    [Fact]
    public async Task The_real_movies_have_the_same_profile_on_both_engines()
    {
        RealData.SkipIfMissing("the-movies-dataset.zip");
        await CompareAsync(RealData.Find("the-movies-dataset.zip")!);
    }

    public void Dispose() => _workspace.Dispose();

    private async Task CompareAsync(params string[] sources)
    {
        await using var file = await StoreEngine.Get(_workspace.Store).OpenAsync(_workspace.Store, wait: false, Cancel);
        var address = await server.CreateDatabaseAsync();
        await using var database = await StoreEngine.Get(address).OpenAsync(address, wait: false, Cancel);
        foreach (var source in sources)
        {
            foreach (var ledger in (Ledger[])[file, database])
            {
                await using var dataset = await SourceOpener.OpenAsync(source);
                await Loader.LoadAsync(ledger, dataset, Accept.Anything, null, Cancel);
            }
        }

        for (var id = 1; id <= sources.Length; id++)
        {
            // Both profiles use this snapshot's time, since the ledgers did not publish at the same moment.
            var snapshot = await SnapshotRows.FindAsync(file.Connection, id, Cancel);
            var computed = Write(await Profiler.ComputeAsync(file.Connection, snapshot, Cancel));
            Assert.Equal(computed, Write(await Profiler.ReadAsync(file.Connection, snapshot, Cancel)));
            Assert.Equal(computed, Write(await Profiler.ReadAsync(database.Connection, snapshot, Cancel)));
            Assert.Equal(computed, Write(await Profiler.ComputeAsync(database.Connection, snapshot, Cancel)));
        }
    }

    private static string Write(LedgerProfile profile) => Encoding.UTF8.GetString(ProfileJson.Write(profile));
}
