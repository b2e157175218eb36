using CineLedger.Samples;
using CineLedger.Sources;
using CineLedger.Tests.Samples;
using CineLedger.Tests.Support;

namespace CineLedger.Tests.Loading.Corruption;

/// <summary>A real zip.</summary>
public abstract class IntactRealLedger(string name, string zip) : IntactLedger(name, seed: 1)
{
    public override void SkipIfMissing() => RealData.RealData.SkipIfMissing(zip);

    protected override async Task<string?> ReadMoviesFileAsync()
    {
        if (RealData.RealData.Find(zip) is not { } path)
        {
            return null;
        }

        await using var file = File.OpenRead(path);
        return await MovieTable.ReadZipAsync(file, default);
    }
}

public sealed class IntactHeadLedger() : IntactRealLedger("head zip", RealData.RealData.Head);

public sealed class IntactFullLedger() : IntactRealLedger("full zip", RealData.RealData.Full);

/// <summary>A generated dataset with the faults of the real one, except split records, which <see cref="MovieTable"/> does not read.</summary>
public sealed class IntactSampleLedger() : IntactLedger("generated", seed: 2)
{
    private static readonly SampleOptions Options = new() { Movies = 5000, Seed = 77, Ratings = 0, Quirks = SampleQuirks.All & ~SampleQuirks.SplitRecords };

    protected override async Task<string?> ReadMoviesFileAsync() => System.Text.Encoding.UTF8.GetString((await GeneratedSample.CreateAsync(Options))[DatasetFiles.Movies]);
}
