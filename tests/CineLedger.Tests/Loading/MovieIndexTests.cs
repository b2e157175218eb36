using CineLedger.Loading;
using CsCheck;

namespace CineLedger.Tests.Loading;

public sealed class MovieIndexTests
{
    [Fact]
    public void It_holds_what_a_dictionary_would() =>
        Gen.Select(
            Gen.Int[0, 40],
            Gen.Select(Gen.OneOf(Gen.Long[1, 50], Gen.Long[1, long.MaxValue], Gen.Long[1, 3_000].Select(n => n << 40)), Gen.Int[1, 1_000_000]).Array[0, 5_000])
        .Sample(
            (capacity, writes) =>
            {
                var (index, expected) = (new MovieIndex(capacity), new Dictionary<long, int>());
                foreach (var (id, line) in writes)
                {
                    index[id].Line = line;
                    expected[id] = line;
                }

                Assert.Equal(expected.Count, index.Count);
                Assert.All(expected, pair => Assert.Equal(pair.Value, index[pair.Key].Line));
                Assert.Equal(expected.Count, index.Count);
                Assert.Equal(expected.Where(pair => pair.Value % 2 == 0).Select(pair => pair.Key).Order(), index.Where(entry => entry.Line % 2 == 0).Order());
                Assert.Equal(expected.Count(pair => pair.Value % 2 == 0), index.CountWhere(entry => entry.Line % 2 == 0));
            },
            iter: 300);
}
