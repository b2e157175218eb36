using CineLedger.Reports.Yearly;
using CsCheck;

namespace CineLedger.Tests.Reports;

public sealed class ListsTests
{
    [Fact]
    public void Each_key_has_its_items_in_their_order_and_each_item_its_keys_in_the_order_asked_for() =>
        Gen.Select(Gen.Int[1, 20], Gen.Int[1, 20]).SelectMany(size => Gen.Select(
            Gen.Const(size), Gen.Select(Gen.Int[0, size.Item1 - 1], Gen.Int[0, size.Item2 - 1]).Array[0, 60], Gen.Shuffle(Enumerable.Range(0, size.Item1).ToArray())))
        .Sample((size, pairs, order) =>
        {
            var lists = new Lists(size.Item1, [.. pairs.Select(pair => pair.Item1)], [.. pairs.Select(pair => pair.Item2)]);
            Assert.Equal(size.Item1, lists.Count);
            for (var key = 0; key < size.Item1; key++)
                Assert.Equal(pairs.Where(pair => pair.Item1 == key).Select(pair => pair.Item2), lists[key].ToArray());

            var turned = lists.Turn(size.Item2, order);
            Assert.Equal(size.Item2, turned.Count);
            for (var item = 0; item < size.Item2; item++)
                Assert.Equal(order.SelectMany(key => pairs.Where(pair => pair.Item1 == key && pair.Item2 == item).Select(pair => pair.Item1)), turned[item].ToArray());
        });
}
