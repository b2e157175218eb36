using System.Diagnostics;
using System.IO.Pipelines;
using System.Text;
using CineLedger.Sources;

namespace CineLedger.Tests.Sources;

/// <summary>Tests the limits on the size of a source and on the time to fetch it, and the inspection of streams while they arrive.</summary>
public sealed class SourceLimitTests : SourceTestBase
{
    private const int MaxBytes = 1 << 20;

    private string Spools => Directory.CreateDirectory(Path.Combine(Folder, "spools")).FullName;

    private SourceOptions Options => new() { MaxBytes = MaxBytes, TemporaryFolder = Spools };

    [Theory]
    [InlineData("movies.csv", "")]
    [InlineData("movies.zip", "unpacked, ")]
    [InlineData("folder", "")]
    [InlineData("movies-*.csv", "")]
    public async Task A_local_source_that_is_too_large_is_refused_before_it_is_read(string source, string form)
    {
        var large = Movies + new string('\n', MaxBytes);
        var half = Movies + new string('\n', MaxBytes / 2);
        Write("movies.csv", large);
        Write("movies.zip", Zip(("movies_metadata.csv", large)));
        Write("movies-1.csv", half);
        Write("movies-2.csv", half);
        Write("folder/movies_metadata.csv", half);
        Write("folder/links.csv", Links + new string('\n', MaxBytes / 2));
        var error = await ErrorAsync(Path.Combine(Folder, source), Options);
        Assert.Contains($": {form}larger than 1 MB, the limit for a source. Check the source, or raise the limit with --max-source-bytes.", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_search_for_the_dataset_among_many_files_can_be_canceled()
    {
        Write("folder/other.csv", "a,b\n1,2\n");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SourceOpener.OpenAsync(Path.Combine(Folder, "folder"), Options, new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task A_source_of_exactly_the_limit_is_read()
    {
        var path = Write("movies.csv", Movies + new string('\n', MaxBytes - Movies.Length));
        await using var dataset = await SourceOpener.OpenAsync(path, Options, Cancel);
        Assert.Equal(MaxBytes, dataset.Files.Single().Length);
    }

    [Fact]
    public async Task A_text_that_never_ends_is_refused_at_the_limit_and_leaves_nothing_behind()
    {
        await using var input = new EndlessStream(Encoding.UTF8.GetBytes(Movies));
        var error = await ErrorAsync("-", Options with { StandardInput = input });
        Assert.StartsWith("standard input: larger than 1 MB", error, StringComparison.Ordinal);
        Assert.InRange(input.Position, MaxBytes, 2 * MaxBytes);
        Assert.Empty(Directory.GetFiles(Spools));
    }

    [Theory]
    [InlineData("\0\0\0\0", "it is a binary file")]
    [InlineData("<html></html>\n", "a web page")]
    [InlineData("a,b\n1,2\n", "neither a zip nor a CSV file of the dataset")]
    [InlineData("[{\"id\":1}]\n", "JSON, but not one movie per line")]
    public async Task A_stream_that_never_ends_and_is_not_a_dataset_is_refused_by_its_first_bytes(string text, string reason)
    {
        await using var input = new EndlessStream(Encoding.UTF8.GetBytes(text));
        Assert.Contains(reason, await ErrorAsync("-", new SourceOptions { StandardInput = input, TemporaryFolder = Spools }), StringComparison.Ordinal);
        Assert.InRange(input.Position, 1, MaxBytes);
        Assert.Empty(Directory.GetFiles(Spools));
    }

    [Fact]
    public async Task A_stream_that_does_not_end_in_time_is_abandoned()
    {
        // A pipe without a writer.
        var error = await ErrorAsync("-", Options with { StandardInput = new Pipe().Reader.AsStream(), FetchTimeout = TimeSpan.FromMilliseconds(50) });
        Assert.Contains("not complete after 0.05 s, the limit for fetching a source. Raise it with --source-timeout", error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Spools));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_wait_for_a_named_pipe_ends_in_time_with_and_without_a_writer(bool hasWriter)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "this test creates a named pipe with mkfifo");
        var pipe = Path.Combine(Folder, "pipe");
        using (var mkfifo = Process.Start("mkfifo", [pipe]))
        {
            await mkfifo.WaitForExitAsync(Cancel);
        }

        // A pipe that is opened for reading and writing does not wait for another process.
        await using var writer = hasWriter ? new FileStream(pipe, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite) : null;
        var error = await ErrorAsync(pipe, Options with { FetchTimeout = TimeSpan.FromMilliseconds(50) });
        Assert.Contains("not complete after", error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Spools));

        // Releases the thread that opens the pipe.
        await using var release = new FileStream(pipe, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
    }

    /// <summary>Repeats a text without end.</summary>
    private sealed class EndlessStream(byte[] text) : MemoryStream
    {
        private long _position;

        public override long Position { get => _position; set => throw new NotSupportedException(); }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            for (var i = 0; i < buffer.Length; i++)
            {
                buffer.Span[i] = text[_position++ % text.Length];
            }

            return new(buffer.Length);
        }
    }
}
