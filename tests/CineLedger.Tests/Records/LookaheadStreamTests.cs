using CineLedger.Records;
using CineLedger.Tests.Support;
using CsCheck;

namespace CineLedger.Tests.Records;

public sealed class LookaheadStreamTests
{
    [Fact]
    public void The_bytes_that_were_examined_are_read_again_and_the_rest_follows() =>
        Gen.Byte.Array[0, 200].Select(Gen.Int[1, 120], Gen.Int[1, 50], Gen.Int[1, 64]).Sample((bytes, ahead, bytesARead, buffer) =>
        {
            using var stream = new LookaheadStream(new TrickleStream(bytes, bytesARead));
            var head = stream.PeekAsync(ahead, TestContext.Current.CancellationToken).AsTask().GetAwaiter().GetResult();
            Assert.Equal(bytes[..Math.Min(ahead, bytes.Length)], head.Text.ToArray());
            Assert.Equal(bytes.Length < ahead, head.IsWhole);
            using var copy = new MemoryStream();
            stream.CopyTo(copy, buffer);
            Assert.Equal(bytes, copy.ToArray());
        }, iter: 200);

    [Fact]
    public async Task A_stream_that_is_not_examined_is_read_unchanged()
    {
        await using var stream = new LookaheadStream(new MemoryStream([1, 2, 3]));
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, TestContext.Current.CancellationToken);
        Assert.Equal([1, 2, 3], copy.ToArray());
    }
}
