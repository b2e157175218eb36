using CineLedger.Records;
using CineLedger.Tests.Support;
using CsCheck;

namespace CineLedger.Tests.Records;

public sealed class LookaheadStreamTests
{
    [Fact]
    public void The_beginning_can_be_examined_before_and_after_it_is_read_and_nothing_is_lost() =>
        Gen.Byte.Array[0, 200].Select(Gen.Int[1, 120], Gen.Int[1, 120], Gen.Int[0, 120], Gen.Int[1, 50]).Sample((bytes, first, second, readBetween, bytesARead) =>
        {
            using var stream = new LookaheadStream(new TrickleStream(bytes, bytesARead));
            using var copy = new MemoryStream();
            var buffer = new byte[readBetween];
            copy.Write(buffer.AsSpan(0, stream.ReadAtLeast(buffer, readBetween, throwOnEndOfStream: false)));
            Check(first);
            stream.CopyTo(copy, 7);
            Check(second);
            stream.ReleaseBeginning();
            stream.CopyTo(copy, 7);
            Assert.Equal(bytes, copy.ToArray());

            void Check(int length)
            {
                var head = stream.PeekAsync(length, TestContext.Current.CancellationToken).GetAwaiter().GetResult();
                Assert.True(head.Text.Length >= Math.Min(length, bytes.Length));
                Assert.Equal(bytes[..head.Text.Length], head.Text.ToArray());
                Assert.True(!head.IsWhole || head.Text.Length == bytes.Length);
            }
        }, iter: 300);

    [Fact]
    public async Task An_examined_beginning_is_read_after_its_release()
    {
        await using var stream = new LookaheadStream(new MemoryStream([1, 2, 3, 4, 5]));
        Assert.Equal([1, 2, 3], (await stream.PeekAsync(3, TestContext.Current.CancellationToken)).Text.ToArray());
        stream.ReleaseBeginning();
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, 2, TestContext.Current.CancellationToken);
        Assert.Equal([1, 2, 3, 4, 5], copy.ToArray());
    }

    [Fact]
    public async Task A_stream_that_is_not_examined_is_read_unchanged()
    {
        await using var stream = new LookaheadStream(new MemoryStream([1, 2, 3]));
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, TestContext.Current.CancellationToken);
        Assert.Equal([1, 2, 3], copy.ToArray());
    }
}
