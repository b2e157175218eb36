namespace CineLedger.Model;

/// <summary>Where open-addressing tables look for an id first.</summary>
internal static class IdHash
{
    /// <summary>A place from 0, of so many. Fibonacci hashing spreads consecutive ids; multiply-and-shift maps the hash to a table of any size.</summary>
    public static int PlaceOf(long id, int places) => (int)Math.BigMul(unchecked((ulong)id * 0x9E3779B97F4A7C15UL), (ulong)places, out _);
}
