using System.IO.Compression;
using System.Text;
using CineLedger.Samples;
using CineLedger.Sources;

namespace CineLedger.Tests.Samples;

public class SampleWriterTests
{
    private static readonly SampleOptions Small = new() { Movies = 300 };

    [Fact]
    public async Task The_same_options_give_the_same_bytes()
    {
        Assert.Equal((await GeneratedSample.CreateAsync(Small)).Zip, (await GeneratedSample.CreateAsync(Small with { })).Zip);
    }

    [Fact]
    public async Task Another_seed_gives_another_dataset_in_every_file()
    {
        var one = await GeneratedSample.CreateAsync(Small);
        var other = await GeneratedSample.CreateAsync(Small with { Seed = 2 });
        Assert.All(one.Names, name => Assert.NotEqual(one[name], other[name]));
    }

    [Fact]
    public async Task The_archive_has_all_files_and_says_that_it_is_synthetic()
    {
        var sample = await GeneratedSample.CreateAsync(Small with { Seed = 77 });
        Assert.Equal(
            [
                "SYNTHETIC-DATA.txt", "credits.csv", "keywords.csv", "links.csv", "links_small.csv", "movies_metadata.csv",
                "ratings.csv", "ratings_small.csv", "studios.csv",
            ],
            sample.Names.Order(StringComparer.Ordinal));
        string marker = Encoding.UTF8.GetString(sample[DatasetFiles.SyntheticMarker]);
        Assert.Contains("invented", marker, StringComparison.Ordinal);
        Assert.Contains("Movies:  300\n", marker, StringComparison.Ordinal);
        Assert.Contains("Seed:    77\n", marker, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("movies_metadata.csv", "\n", "adult,belongs_to_collection,budget,genres,homepage,id,imdb_id,original_language,original_title,overview,popularity,poster_path,production_companies,production_countries,release_date,revenue,runtime,spoken_languages,status,tagline,title,video,vote_average,vote_count")]
    [InlineData("credits.csv", "\n", "cast,crew,id")]
    [InlineData("keywords.csv", "\n", "id,keywords")]
    [InlineData("links.csv", "\r\n", "movieId,imdbId,tmdbId")]
    [InlineData("links_small.csv", "\r\n", "movieId,imdbId,tmdbId")]
    [InlineData("ratings.csv", "\r\n", "userId,movieId,rating,timestamp")]
    [InlineData("ratings_small.csv", "\r\n", "userId,movieId,rating,timestamp")]
    [InlineData("studios.csv", "\n", "studio,company,from,to,source")]
    public async Task Every_file_has_the_header_and_the_line_ends_of_the_real_one(string file, string lineEnd, string header)
    {
        string text = Encoding.UTF8.GetString((await GeneratedSample.CreateAsync(Small with { Quirks = SampleQuirks.None }))[file]);
        Assert.StartsWith(header + lineEnd, text, StringComparison.Ordinal);
        Assert.EndsWith(lineEnd, text, StringComparison.Ordinal);
        Assert.Equal(lineEnd == "\n" ? 0 : text.Count(c => c == '\n'), text.Count(c => c == '\r'));
    }

    [Fact]
    public async Task The_output_need_not_be_seekable()
    {
        await using var pipe = new NonSeekableStream();
        await SampleWriter.WriteAsync(Small, pipe, TestContext.Current.CancellationToken);
        await using var zip = new ZipArchive(pipe.Received, ZipArchiveMode.Read);
        Assert.Equal(9, zip.Entries.Count);
        await using var movies = await zip.GetEntry(DatasetFiles.Movies)!.OpenAsync(TestContext.Current.CancellationToken);
        using var content = new MemoryStream();
        await movies.CopyToAsync(content, TestContext.Current.CancellationToken);
        Assert.Equal((await GeneratedSample.CreateAsync(Small))[DatasetFiles.Movies], content.ToArray());
    }

    [Fact]
    public async Task Even_a_single_movie_makes_a_dataset()
    {
        var sample = await GeneratedSample.CreateAsync(new SampleOptions { Movies = 1 });
        Assert.Single(sample.Movies);
        Assert.Single(sample.Rows(DatasetFiles.Links));
    }

    [Fact]
    public async Task Impossible_options_are_refused()
    {
        foreach (var options in new[] { Small with { Movies = 0 }, Small with { Ratings = -1 } })
        {
            await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
                () => SampleWriter.WriteAsync(options, Stream.Null, TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task Writing_stops_when_it_is_cancelled()
    {
        using var stop = new CancellationTokenSource();
        await using var stream = new NonSeekableStream { OnWrite = stop.Cancel };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => SampleWriter.WriteAsync(new SampleOptions { Movies = 1_000_000 }, stream, stop.Token));
    }

    private sealed class NonSeekableStream : Stream
    {
        public MemoryStream Received { get; } = new();
        public Action? OnWrite { get; init; }
        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
        public override void Flush() { }
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count)
        {
            Received.Write(buffer, offset, count);
            OnWrite?.Invoke();
        }
    }
}
