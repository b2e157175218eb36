using System.Runtime.CompilerServices;

namespace CineLedger.Samples;

/// <summary>
/// SplitMix64 (Steele, Lea and Flood, 2014). System.Random may change with the framework; this generator always returns the same
/// numbers. Each movie has its own generator, so that every file can recompute the data of any movie from its index without
/// keeping anything in memory.
/// </summary>
internal struct Rng
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private ulong _state;

    private Rng(ulong state) => _state = state;

    /// <summary>Creates the generator of one item, such as a movie or a person.</summary>
    public static Rng Create(int seed, RngStream stream, long index) => new(Hash(seed, stream, index));

    public static ulong Hash(int seed, RngStream stream, long index) =>
        Mix(Mix(((ulong)(uint)seed << 8) + (ulong)stream + Golden) + ((ulong)index * Golden));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Next() => Mix(_state += Golden);

    /// <summary>Returns a number from 0 to <paramref name="limit"/> − 1.</summary>
    public int NextBelow(int limit) => (int)(((Next() >> 32) * (ulong)limit) >> 32);

    public long NextBelow(long limit) => (long)Math.BigMul(Next(), (ulong)limit, out _);

    /// <summary>Returns a number from 0 (inclusive) to 1 (exclusive). Callers apply only + − × ÷ to it: Pow and Log differ between machines.</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    public bool NextBool(double probability) => NextDouble() < probability;

    /// <summary>
    /// Returns <paramref name="unit"/> with the given probability, otherwise a new number: uniformly distributed and correlated
    /// with <paramref name="unit"/>.
    /// </summary>
    public double NextCorrelated(double unit, double probability)
    {
        double fresh = NextDouble();
        return NextBool(probability) ? unit : fresh;
    }

    /// <summary>The purpose of the numbers; each purpose has its own sequence.</summary>
    public enum RngStream
    {
        Ids, Movie, Text, Companies, CompanyName, Collection, Credits, Person, Keywords, Ratings, SmallRatings, Links, Quirks, Recrawl,
    }
}
