using System.IO.Pipelines;
using CineLedger.Tests.Support;
using CineLedger.Web;
using CineLedger.Web.Errors;
using CineLedger.Web.Http;
using CsCheck;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace CineLedger.Tests.Web;

/// <summary>Tests that slow clients receive large responses from temporary files.</summary>
public sealed class SpoolTests(InProcessServer served) : IClassFixture<InProcessServer>
{
    private const int Max = 100_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly Spool _spool = served.Service<Spool>();

    [Fact]
    public void Any_order_of_writing_and_reading_returns_the_same_bytes() =>
        Gen.Int[1, 300_000].Array[1, 12].Sample(
            sizes =>
            {
                using var file = new SpoolFile(_spool, "analyst");
                var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
                var copying = file.CopyToAsync(pipe.Writer.AsStream(), Cancel);
                var written = new MemoryStream();
                foreach (var size in sizes)
                {
                    var block = new byte[size];
                    new Random(size).NextBytes(block);
                    written.Write(block);
                    file.Append(block);
                    if (size % 3 == 0)
                    {
                        Thread.Yield();
                    }
                }

                file.Complete();
                copying.GetAwaiter().GetResult();
                pipe.Writer.Complete();
                using var received = new MemoryStream();
                pipe.Reader.AsStream().CopyTo(received);
                Assert.True(written.ToArray().AsSpan().SequenceEqual(received.ToArray()));
            },
            iter: 30);

    [Fact]
    public async Task A_file_whose_reader_has_caught_up_does_not_grow_and_ends_without_a_trace()
    {
        var before = _spool.Bytes;
        using (var file = new SpoolFile(_spool, "fast"))
        {
            var received = new CountingStream();
            var copying = file.CopyToAsync(received, Cancel);
            for (var i = 1; i <= 50; i++)
            {
                file.Append(new byte[Max]);
                await Wait.UntilAsync("the block is received", () => received.Count == i * (long)Max);
            }

            Assert.Equal(Max, _spool.Bytes - before);
            Assert.Empty(Directory.GetFiles(Path.GetTempPath(), "cineledger-*.response"));
            file.Complete();
            await copying;
        }

        Assert.Equal(before, _spool.Bytes);
    }

    [Fact]
    public async Task A_caller_may_use_half_of_the_space_and_all_callers_all_of_it()
    {
        await using var small = new SmallSpoolServer();
        await small.InitializeAsync();
        var spool = small.Service<Spool>();
        using var first = new SpoolFile(spool, "first");
        using var second = new SpoolFile(spool, "second");
        using var third = new SpoolFile(spool, "third");
        first.Append(new byte[SmallSpoolServer.Bytes / 2]);
        Assert.Equal((503, 30), GetStatus(Assert.Throws<ProblemException>(() => first.Append(new byte[1]))));
        second.Append(new byte[SmallSpoolServer.Bytes / 2]);
        Assert.Equal((503, 30), GetStatus(Assert.Throws<ProblemException>(() => third.Append(new byte[1]))));
        first.Dispose();
        third.Append(new byte[1]);

        static (int, int?) GetStatus(ProblemException error) => (error.Problem.Status, error.Problem.RetryAfter);
    }

    [Fact]
    public async Task Writing_a_large_response_does_not_wait_for_a_client_that_reads_nothing()
    {
        var (http, client) = CreateRequest();
        var isSending = false;
        await using var output = new BufferingStream(http.Response, Max, () => isSending = true);
        var block = new byte[10_000];
        for (var i = 0; i < 2_000; i++)
        {
            Array.Fill(block, (byte)i);
            Assert.Equal(i > Max / block.Length, isSending);
            await output.WriteAsync(block, Cancel);
        }

        Assert.InRange(output.Capacity, 0, 1 << 18);
        var ending = output.DetachAsync(Cancel);
        Assert.False(output.TryReset() || ending.IsCompleted);
        for (var i = 0; i < 2_000; i++)
        {
            await client.Reader.AsStream().ReadExactlyAsync(block, Cancel);
            Assert.True(block.AsSpan().IndexOfAnyExcept((byte)i) < 0);
        }

        Assert.Null(await ending);
    }

    [Fact]
    public async Task A_failed_response_stops_sending_and_frees_its_space()
    {
        var before = _spool.Bytes;
        var (http, client) = CreateRequest();
        await using (var output = new BufferingStream(http.Response, Max, () => { }))
        {
            await output.WriteAsync(new byte[10 * Max], Cancel);
            Assert.Equal(10 * Max, _spool.Bytes - before);
        }

        Assert.Equal(before, _spool.Bytes);
        client.Reader.TryRead(out var sent);
        Assert.InRange(sent.Buffer.Length, 0, 5 * Max);
    }

    [Fact]
    public async Task A_small_response_is_returned_and_can_be_discarded_before()
    {
        await using var output = new BufferingStream(CreateRequest().Http.Response, Max, () => Assert.Fail("nothing is sent"));
        await output.WriteAsync(new byte[Max], Cancel);
        Assert.True(output.TryReset());
        await output.WriteAsync(new byte[] { 1, 2 }, Cancel);
        Assert.Equal([1, 2], await output.DetachAsync(Cancel));
    }

    /// <summary>Creates a request whose client receives nothing until it reads from the pipe.</summary>
    private (HttpContext Http, Pipe Client) CreateRequest()
    {
        var client = new Pipe(new PipeOptions(pauseWriterThreshold: Max, resumeWriterThreshold: Max / 2));
        var http = new DefaultHttpContext { RequestServices = new ServiceCollection().AddSingleton(_spool).BuildServiceProvider() };
        http.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(client.Writer.AsStream()));
        return (http, client);
    }

    private sealed class SmallSpoolServer : InProcessServer
    {
        public const int Bytes = 2_000_000;

        protected override WebOptions Options => base.Options with { MaxSpoolBytes = Bytes };
    }

    private sealed class CountingStream : MemoryStream
    {
        private long _count;

        public long Count => Volatile.Read(ref _count);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Interlocked.Add(ref _count, buffer.Length);
            return ValueTask.CompletedTask;
        }
    }
}
