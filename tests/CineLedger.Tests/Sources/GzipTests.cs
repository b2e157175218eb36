using System.IO.Compression;
using System.Text;
using CineLedger.Model;
using CineLedger.Sources;

namespace CineLedger.Tests.Sources;

public sealed class GzipTests : SourceTestBase
{
    private static readonly string ManyMovies = MoviesHeader + "\n" + string.Concat(Enumerable.Range(1, 5_000).Select(i => $"False,{i * 7919},{i},Movie {i * 31},1995-10-30\n"));

    [Theory]
    [InlineData("movies.csv.gz")]
    [InlineData("download")]
    public async Task A_file_compressed_with_gzip_is_recognized_by_its_content(string name)
    {
        await using var dataset = await SourceOpener.OpenAsync(Write(name, Gzip(ManyMovies)), cancellationToken: Cancel);
        Assert.Equal(ManyMovies, await ReadTextAsync(dataset));
    }

    [Theory]
    [InlineData("movies_metadata.csv.gz")]
    [InlineData("movies_metadata.csv")]
    [InlineData("export.csv.gz")]
    public async Task It_is_recognized_in_folders_and_zips(string name)
    {
        Write($"folder/{name}", Gzip(ManyMovies));
        await using var folder = await SourceOpener.OpenAsync(Path.Combine(Folder, "folder"), cancellationToken: Cancel);
        Assert.Equal(ManyMovies, await ReadTextAsync(folder));
        await ZipFile.CreateFromDirectoryAsync(Path.Combine(Folder, "folder"), Path.Combine(Folder, "movies.zip"), Cancel);
        await using var zip = await SourceOpener.OpenAsync(Path.Combine(Folder, "movies.zip"), cancellationToken: Cancel);
        Assert.Equal(ManyMovies, await ReadTextAsync(zip));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(10_000)]
    public async Task A_truncated_file_is_refused(int missing)
    {
        await using var dataset = await SourceOpener.OpenAsync(Write("movies.csv.gz", Gzip(ManyMovies)[..^missing]), cancellationToken: Cancel);
        Assert.Contains("cut off or damaged", (await Assert.ThrowsAnyAsync<LedgerException>(() => ReadTextAsync(dataset))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_byte_is_noticed()
    {
        var bytes = Gzip(ManyMovies);
        bytes[^6] ^= 0x55;
        await using var dataset = await SourceOpener.OpenAsync(Write("movies.csv.gz", bytes), cancellationToken: Cancel);
        Assert.Contains("cut off or damaged", (await Assert.ThrowsAnyAsync<LedgerException>(() => ReadTextAsync(dataset))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_content_may_not_exceed_the_limit()
    {
        await using var dataset = await SourceOpener.OpenAsync(Write("movies.csv.gz", Gzip(ManyMovies)), new() { MaxBytes = 100_000 }, Cancel);
        Assert.Contains("unpacked, larger than 100000 bytes", (await Assert.ThrowsAnyAsync<LedgerException>(() => ReadTextAsync(dataset))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_files_compressed_with_gzip_are_refused_with_their_kind()
    {
        Assert.Contains("a zip inside a gzip file", await ErrorAsync(Write("movies.zip.gz", Gzip(Zip(("movies_metadata.csv", Movies))))), StringComparison.Ordinal);
        Assert.Contains("a web page", await ErrorAsync(Write("page.gz", Gzip("<!DOCTYPE html><html><body>Sign in</body></html>"))), StringComparison.Ordinal);
        Assert.Contains("empty", await ErrorAsync(Write("empty.gz", Gzip(""))), StringComparison.Ordinal);
    }

    private static byte[] Gzip(string text) => Gzip(Encoding.UTF8.GetBytes(text));

    private static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }

    private static async Task<string> ReadTextAsync(Dataset dataset)
    {
        using var reader = new StreamReader(dataset.OpenText(dataset.GetRequired(DatasetFiles.Movies)));
        return await reader.ReadToEndAsync(Cancel);
    }
}
