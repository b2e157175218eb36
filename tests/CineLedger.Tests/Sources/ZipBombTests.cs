using System.IO.Compression;
using CineLedger.Sources;

namespace CineLedger.Tests.Sources;

public sealed class ZipBombTests : SourceTestBase
{
    private string CreateZip(byte[] block, int blocks)
    {
        var path = Path.Combine(Folder, "data.zip");
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        using var entry = zip.CreateEntry("movies_metadata.csv", CompressionLevel.SmallestSize).Open();
        for (var i = 0; i < blocks; i++)
        {
            entry.Write(block);
        }

        return path;
    }

    private static byte[] Repeat(string text, int length)
    {
        var block = new byte[length];
        for (var i = 0; i < length; i++)
        {
            block[i] = (byte)text[i % text.Length];
        }

        return block;
    }

    [Fact]
    public async Task An_entry_that_goes_on_expanding_beyond_reason_is_refused()
    {
        var error = await ErrorAsync(CreateZip(Repeat("x", 1024 * 1024), 300));
        Assert.Contains("movies_metadata.csv: expands more than 200-fold to over 256 MB", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sixty_megabytes_of_empty_rows_are_not_a_zip_bomb()
    {
        const int block = 1_000_000;
        var zip = CreateZip(Repeat(",,,,,,,,,,,,,,,,,,,,,,,\n", block), 60);
        var packed = new FileInfo(zip).Length;
        Assert.True(packed < 60 * block / 200, $"the zip of {packed} bytes does not expand beyond the limit for zip bombs");

        await using var dataset = await SourceOpener.OpenAsync(zip, cancellationToken: Cancel);
        await using var stream = dataset.Open(dataset.GetRequired(DatasetFiles.Movies));
        var read = 0L;
        var buffer = new byte[128 * 1024];
        for (int length; (length = await stream.ReadAsync(buffer, Cancel)) > 0;)
        {
            read += length;
        }

        Assert.Equal(60L * block, read);
    }
}
