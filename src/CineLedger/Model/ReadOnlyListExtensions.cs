using System.Runtime.CompilerServices;

namespace CineLedger.Model;

/// <summary>Converts lists to spans, for loops that run for every movie.</summary>
internal static class ReadOnlyListExtensions
{
    /// <summary>
    /// Returns the items, without copying if the list is an array, as it is for the cleaner's lists. Reading an array through the interface takes longer
    /// than processing its items.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ReadOnlySpan<T> AsSpan<T>(this IReadOnlyList<T> list)
        where T : class => list is T[] array ? array : list.ToArray();
}
