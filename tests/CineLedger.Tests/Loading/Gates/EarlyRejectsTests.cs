using System.Text;
using CineLedger.Loading;
using CineLedger.Loading.Gates;
using CineLedger.Model;
using CineLedger.Sources;
using CineLedger.Storage.DuckDb;
using CineLedger.Tests.Support;
using static CineLedger.Tests.Support.MovieFile;

namespace CineLedger.Tests.Loading.Gates;

/// <summary>Tests that a file is not read to its end once its rejected records are certain to stop the load.</summary>
public sealed class EarlyRejectsTests : IAsyncLifetime
{
    /// <summary>The length of the bad lines of a file: several times as much as is read ahead.</summary>
    private const int BadBytes = 16 << 20;

    private const string Bad = "a line of text and not a record\n";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cineledger-tests-");
    private DuckDbLedger? _ledger;
    private long _read;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _ledger = await DuckDbLedger.OpenAsync(Path.Combine(_folder.FullName, "ledger.duckdb"), Cancel);

    public async ValueTask DisposeAsync()
    {
        await _ledger!.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData(Bad, null, "the default allows")]
    [InlineData(Bad, 0.01, "--max-rejects allows")]
    [InlineData("{ a line that is not an object\n", null, "the default allows")]
    public async Task A_movies_file_of_bad_lines_is_hardly_read(string line, double? maxShare, string reason)
    {
        var isJson = line[0] == '{';
        var movie = isJson ? "{\"id\":862,\"title\":\"Toy Story\",\"budget\":1000000}\n" : Text(Full(862));
        var error = await StopAsync(new LoadOptions { MaxRejects = maxShare }, (DatasetFiles.Movies, movie + Repeat(line), isJson));
        Assert.Equal(QualityGates.Rejects, error.Violations.Single().Gate);
        Assert.Contains($"records of movies_metadata.csv were rejected, more than {reason} for the whole file; the rest was not read", error.Message, StringComparison.Ordinal);
        Assert.InRange(_read, 1, BadBytes / 2);
        Assert.Contains("(line ", error.Message, StringComparison.Ordinal);
        Assert.InRange(error.Findings.Count, 1, 100);
    }

    [Theory]
    [InlineData(DatasetFiles.Keywords, "id,keywords\n", Bad)]
    [InlineData(DatasetFiles.Ratings, "userId,movieId,rating,timestamp\n", Bad)]
    [InlineData(DatasetFiles.Ratings, "userId,movieId,rating,timestamp\n", "1,1,9,1\n")]
    [InlineData(DatasetFiles.Links, "movieId,imdbId,tmdbId\n", Bad)]
    public async Task A_file_of_bad_related_data_is_hardly_read(string name, string header, string line)
    {
        (string, string, bool)[] others = name == DatasetFiles.Ratings ? [(DatasetFiles.Links, "movieId,imdbId,tmdbId\n1,114709,862\n", false)]
            : name == DatasetFiles.Links ? [(DatasetFiles.Ratings, "userId,movieId,rating,timestamp\n1,1,5,1\n", false)] : [];
        var error = await StopAsync(new(), [(DatasetFiles.Movies, Text(Full(862)), false), (name, header + Repeat(line), false), .. others]);
        Assert.Contains($"records of {name} were rejected", error.Message, StringComparison.Ordinal);
        Assert.InRange(_read, 1, BadBytes / 2);
    }

    [Fact]
    public async Task A_file_with_bad_records_only_at_its_beginning_is_read_to_its_end()
    {
        var text = Header() + string.Concat(Enumerable.Repeat("x\n", 29_000)) + string.Concat(Enumerable.Range(1, 30_000).Select(id => $"{Varied(id).Text}\n"));
        Assert.True(text.Length > 10_000_000, $"only {text.Length} bytes");
        var options = new LoadOptions { MaxRejects = 0.495, AcceptedGates = QualityGates.AllNames.Where(gate => gate != QualityGates.Rejects).ToHashSet() };
        var summary = await LoadAsync(options, (DatasetFiles.Movies, text, false));
        Assert.Equal((59_000, 30_000), (summary.Records, summary.MoviesRead));
    }

    [Fact]
    public async Task Accepted_rejects_do_not_stop_the_load_early()
    {
        var text = Text(Full(862)) + string.Concat(Enumerable.Repeat("x\n", 100_000));
        var summary = await LoadAsync(new LoadOptions { AcceptedGates = QualityGates.Parse("rejects") }, (DatasetFiles.Movies, text, false));
        Assert.Equal(100_001, summary.Records);
        Assert.Equal(QualityGates.Rejects, summary.Accepted.Single().Gate);
    }

    [Theory]
    [InlineData(5_000, 5_000, 20_000_000, null, false)]
    [InlineData(5_003, 5_003, 20_000_000, null, true)]
    [InlineData(5_003, 5_003, 8_000_000, null, false)]
    [InlineData(9_999_999, 9_999_999, 20_000_000, 0.5, false)]
    [InlineData(10_000_002, 10_000_002, 20_000_000, 0.5, true)]
    [InlineData(90_000_000, 90_000_000, 20_000_000, 1.0, false)]
    public void Only_what_can_no_longer_pass_is_stopped(long rejected, long records, long bytesLeft, double? maxShare, bool isStopped) =>
        Assert.Equal(isStopped, RecordGates.CheckRejectsEarly("a.csv", rejected, records, bytesLeft, maxShare, () => "").Any());

    private static string Repeat(string line) => new StringBuilder(BadBytes).Insert(0, line, BadBytes / line.Length).ToString();

    private Task<QualityGateException> StopAsync(LoadOptions options, params (string Name, string Text, bool IsJson)[] files) =>
        Assert.ThrowsAsync<QualityGateException>(() => LoadAsync(options, files));

    private async Task<LoadSummary> LoadAsync(LoadOptions options, params (string Name, string Text, bool IsJson)[] files)
    {
        await using var dataset = new MemoryDataset([.. files.Select(file => (file.Name, Encoding.UTF8.GetBytes(file.Text)))])
        {
            Address = "memory",
            Wrap = stream => new CountingStream(stream, read => Interlocked.Add(ref _read, read)),
            IsJson = files[0].IsJson,
        };
        return await Loader.LoadAsync(_ledger!, dataset, options, null, Cancel);
    }

    private sealed class CountingStream(Stream inner, Action<int> count) : MemoryStream
    {
        public override int Read(Span<byte> buffer)
        {
            var read = inner.Read(buffer);
            count(read);
            return read;
        }

        public override int Read(byte[] buffer, int offset, int length) => Read(buffer.AsSpan(offset, length));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));
    }
}
