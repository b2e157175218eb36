using System.Globalization;

namespace CineLedger.Tests.Support;

/// <summary>Seeds of tests on random changes. <c>CINELEDGER_TEST_SEED=N</c> gives other changes of the same kinds.</summary>
internal static class TestSeed
{
    private static readonly int Added =
        int.TryParse(Environment.GetEnvironmentVariable("CINELEDGER_TEST_SEED"), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>Returns a test's own seed, plus the number in the environment.</summary>
    public static int Create(int seed) => seed + Added;
}
