using CineLedger.Model;
using CsCheck;

namespace CineLedger.Tests.Records;

public sealed class IdMapTests
{
    [Fact]
    public void An_id_map_behaves_like_a_dictionary() =>
        Gen.Select(
            Gen.Int[0, 40],
            Gen.Select(Gen.OneOf(Gen.Long[1, 50], Gen.Long[1, long.MaxValue], Gen.Long[1, 3_000].Select(n => n << 40)), Gen.Int[1, 1_000_000]).Array[0, 5_000])
        .Sample(
            (capacity, writes) =>
            {
                var (index, expected) = (new IdMap<long, int>(capacity), new Dictionary<long, int>());
                foreach (var (id, line) in writes)
                {
                    index[id] = line;
                    expected[id] = line;
                }

                Assert.Equal(expected.Count, index.Count);
                Assert.All(expected, pair => Assert.Equal(pair.Value, index[pair.Key]));
                Assert.Equal(expected.Count, index.Count);
                Assert.Equal(expected.Where(pair => pair.Value % 2 == 0).Select(pair => pair.Key).Order(), index.Where(value => value % 2 == 0).Order());
                Assert.All(writes.Select(write => write.Item1 ^ 1), id => Assert.Equal((expected.ContainsKey(id), expected.GetValueOrDefault(id)),
                    (index.TryGet(id, out var value), value)));
                Assert.Equal(expected.Count(pair => pair.Value % 2 == 0), index.CountWhere(value => value % 2 == 0));
            },
            iter: 300);
}
