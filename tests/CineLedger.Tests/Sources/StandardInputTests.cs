using System.Diagnostics;
using System.IO.Pipelines;
using System.Text;
using CineLedger.Model;
using CineLedger.Sources;

namespace CineLedger.Tests.Sources;

public sealed class StandardInputTests : SourceTestBase
{
    private string Spools => Directory.CreateDirectory(Path.Combine(Folder, "spools")).FullName;

    private SourceOptions Piping(byte[] bytes) => new() { StandardInput = new MemoryStream(bytes), TemporaryFolder = Spools };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Standard_input_may_be_a_zip_or_a_csv_file_and_can_be_read_again(bool zip)
    {
        var bytes = zip ? Zip(("movies_metadata.csv", Movies)) : Encoding.UTF8.GetBytes(Movies);
        await using (var dataset = await SourceOpener.OpenAsync("-", Piping(bytes), Cancel))
        {
            Assert.Equal("standard input", dataset.Address);
            Assert.Equal(Movies, await ReadAsync(dataset, DatasetFiles.Movies));
            Assert.Equal(Movies, await ReadAsync(dataset, DatasetFiles.Movies));
            Assert.Single(Directory.GetFiles(Spools));
        }
        Assert.Empty(Directory.GetFiles(Spools));
    }

    [Fact]
    public async Task Empty_standard_input_is_refused_and_leaves_nothing_behind()
    {
        Assert.Contains("empty (0 bytes)", await ErrorAsync("-", Piping([])), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Spools));
    }

    [Fact]
    public async Task The_wait_for_standard_input_can_be_cancelled_and_leaves_nothing_behind()
    {
        // A pipe without a writer.
        var options = new SourceOptions { StandardInput = new Pipe().Reader.AsStream(), TemporaryFolder = Spools };
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SourceOpener.OpenAsync("-", options, cancel.Token));
        Assert.Empty(Directory.GetFiles(Spools));
    }

    [Fact]
    public async Task Arriving_bytes_are_reported()
    {
        var progress = new InputProgressRecorder();
        var options = Piping(Encoding.UTF8.GetBytes(Movies)) with { Progress = progress };
        await using var dataset = await SourceOpener.OpenAsync("-", options, Cancel);
        Assert.Equal(new SourceProgress(Movies.Length, null), progress.Reports[^1]);
    }

    [Fact]
    public async Task A_temporary_folder_that_cannot_be_written_to_is_named()
    {
        var options = Piping([1]) with { TemporaryFolder = Path.Combine(Folder, "missing") };
        var error = await Assert.ThrowsAsync<LedgerException>(() => SourceOpener.OpenAsync("-", options, Cancel));
        Assert.Contains(options.TemporaryFolder, error.Message, StringComparison.Ordinal);
        Assert.Contains("TMPDIR", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_disk_is_a_one_line_error_with_advice()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "this test needs /dev/full, which only Linux has");
        await using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.None, bufferSize: 0);
        var error = await Assert.ThrowsAsync<LedgerException>(
            async () => await TemporaryFile.WriteAsync(full, new byte[10], "spool", Cancel));
        Assert.Contains("No space left", error.Message, StringComparison.Ordinal);
        Assert.Contains("TMPDIR", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_named_pipe_is_read_like_standard_input()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "this test creates a named pipe with mkfifo");
        var pipe = Path.Combine(Folder, "pipe");
        using (var mkfifo = Process.Start("mkfifo", [pipe]))
        {
            await mkfifo.WaitForExitAsync(Cancel);
        }

        var writing = Task.Run(() => File.WriteAllText(pipe, Movies), Cancel);
        await using var dataset = await SourceOpener.OpenAsync(pipe, new SourceOptions { TemporaryFolder = Spools }, Cancel);
        await writing;
        Assert.Equal(Movies, await ReadAsync(dataset, DatasetFiles.Movies));
    }

    private sealed class InputProgressRecorder : IProgress<SourceProgress>
    {
        public List<SourceProgress> Reports { get; } = [];

        public void Report(SourceProgress value) => Reports.Add(value);
    }
}
