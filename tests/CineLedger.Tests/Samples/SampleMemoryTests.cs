using CineLedger.Samples;

namespace CineLedger.Tests.Samples;

/// <summary>Runs without other tests in parallel because allocations are counted for the whole process.</summary>
[CollectionDefinition(nameof(SampleMemoryTests), DisableParallelization = true)]
[Collection(nameof(SampleMemoryTests))]
public class SampleMemoryTests
{
    [Fact]
    public async Task Memory_does_not_grow_with_the_number_of_movies()
    {
        await AllocatedAsync(500);
        long few = await AllocatedAsync(2_000), many = await AllocatedAsync(12_000);
        // Total allocations, including collected ones, are an upper bound on the memory in use. The text of 10,000 movies is 22 MB.
        Assert.InRange(many - few, long.MinValue, 3_000_000);
    }

    private static async Task<long> AllocatedAsync(int movies)
    {
        long before = GC.GetTotalAllocatedBytes(precise: true);
        await SampleWriter.WriteAsync(new SampleOptions { Movies = movies, Ratings = 0 }, Stream.Null, TestContext.Current.CancellationToken);
        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }
}
