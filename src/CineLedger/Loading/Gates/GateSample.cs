using System.Globalization;

namespace CineLedger.Loading.Gates;

/// <summary>
/// Selects a sample of movies for the quality gates, so that its cost does not grow with the ledger. The selection depends on the IDs
/// only, and is the same for every snapshot.
/// </summary>
internal static class GateSample
{
    private const int TargetSize = 10_000;

    /// <summary>Primes, because IDs may be multiples of round numbers.</summary>
    private static readonly int[] Primes = [2, 3, 5, 7, 11, 13, 17, 23, 29, 37, 47, 61, 79, 101, 131, 211, 277, 359, 467, 607, 1009, 2003, 5003];

    /// <summary>Returns the divisor of the IDs in the sample; 1 selects all movies.</summary>
    public static int GetDivisor(long movies) => Math.Max(1, Array.FindLast(Primes, prime => movies / prime >= TargetSize));

    /// <summary>Builds a condition on a table with a movie ID that selects at least 10,000 of <paramref name="movies"/> movies, or all if there are fewer.</summary>
    public static string BuildCondition(string alias, long movies) =>
        GetDivisor(movies) is > 1 and var divisor ? string.Create(CultureInfo.InvariantCulture, $"{alias}.movie_id % {divisor} = 0") : "TRUE";
}
