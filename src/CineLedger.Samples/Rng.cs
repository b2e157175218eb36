using System.Runtime.CompilerServices;

namespace CineLedger.Samples;

/// <summary>
/// SplitMix64 (Steele, Lea and Flood, 2014). System.Random may change with the framework; this one gives the same
/// numbers for ever. A generator is made for each movie, so that any file can draw any movie's facts again from its index
/// alone and nothing needs to be kept in memory.
/// </summary>
internal struct Rng
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private ulong _state;

    private Rng(ulong state) => _state = state;

    /// <summary>The generator for one thing (a movie, a person) of one kind.</summary>
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

    /// <summary>A number from 0 to <paramref name="limit"/> − 1.</summary>
    public int NextBelow(int limit) => (int)(((Next() >> 32) * (ulong)limit) >> 32);

    public long NextBelow(long limit) => (long)Math.BigMul(Next(), (ulong)limit, out _);

    /// <summary>From 0 up to, not including, 1. Only + − × ÷ follow it: Pow and Log differ from machine to machine.</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    public bool NextBool(double probability) => NextDouble() < probability;

    /// <summary>A number like <paramref name="unit"/> with the given probability, else a fresh one: uniform again, but correlated.</summary>
    public double NextCorrelated(double unit, double probability)
    {
        double fresh = NextDouble();
        return NextBool(probability) ? unit : fresh;
    }

    /// <summary>What the numbers are for, so that one purpose never repeats another's.</summary>
    public enum RngStream
    {
        Ids, Movie, Text, Companies, CompanyName, Collection, Credits, Person, Keywords, Ratings, SmallRatings, Links, Quirks, Recrawl,
    }
}
