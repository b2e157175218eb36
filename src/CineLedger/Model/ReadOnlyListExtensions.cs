using System.Runtime.CompilerServices;

namespace CineLedger.Model;

/// <summary>Lists as spans, for loops that run for every movie.</summary>
internal static class ReadOnlyListExtensions
{
    /// <summary>The items. Of the arrays that a cleaner makes nothing is copied: asking an array for its items by an interface takes longer than what is done with them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ReadOnlySpan<T> AsSpan<T>(this IReadOnlyList<T> list)
        where T : class => list is T[] array ? array : list.ToArray();
}
