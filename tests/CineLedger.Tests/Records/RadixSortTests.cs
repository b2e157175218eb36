using CineLedger.Model;
using CsCheck;

namespace CineLedger.Tests.Records;

public sealed class RadixSortTests
{
    [Fact]
    public void Any_keys_are_sorted() =>
        Gen.OneOf(Gen.ULong, Gen.ULong[0, 300], Gen.ULong.Select(key => key << 40)).Array[0, 500].Sample(keys =>
        {
            var sorted = RadixSort.Sort([.. keys], new ulong[keys.Length]);
            Assert.Equal(keys.Order(), sorted.ToArray());
        });

    [Fact]
    public void Equal_keys_end_before_the_next_larger_one()
    {
        Span<ulong> sorted = [1, 1, 1, 7, 9, 9];
        Assert.Equal([3, 3, 3, 4, 6, 6], [sorted.FindEnd(0), sorted.FindEnd(1), sorted.FindEnd(2), sorted.FindEnd(3), sorted.FindEnd(4), sorted.FindEnd(5)]);
    }
}
