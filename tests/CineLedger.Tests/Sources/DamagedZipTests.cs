using System.Buffers.Binary;
using System.IO.Compression;
using CineLedger.Model;
using CineLedger.Sources;
using CsCheck;

namespace CineLedger.Tests.Sources;

public sealed class DamagedZipTests : SourceTestBase
{
    private static readonly byte[] Good = Zip(("data/movies_metadata.csv", string.Concat(Enumerable.Repeat(Movies, 50))));
    private static readonly byte[] Stored = Zip(CompressionLevel.NoCompression, ("data/movies_metadata.csv", Movies));

    private Task<string> ErrorAsync(byte[] zip) => ErrorAsync(Write("data.zip", zip));

    private static byte[] With(byte[] zip, Action<byte[]> change)
    {
        var copy = (byte[])zip.Clone();
        change(copy);
        return copy;
    }

    [Fact]
    public async Task A_zip_with_a_wrong_checksum_is_refused_and_names_the_entry()
    {
        var error = await ErrorAsync(With(Good, zip => zip[FindCentralDirectory(zip) + 16] ^= 1));
        Assert.Contains("data/movies_metadata.csv: damaged: its checksum (CRC-32)", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flipped_bit_in_stored_data_is_noticed()
    {
        var error = await ErrorAsync(With(Stored, zip => zip[zip.AsSpan().IndexOf("Toy Story"u8)] ^= 0x20));
        Assert.Contains("checksum", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_checksum_is_detected_by_readers_that_stop_at_the_announced_length()
    {
        var zip = Write("data.zip", With(Good, zip => zip[FindCentralDirectory(zip) + 16] ^= 1));
        await using var dataset = await SourceOpener.OpenAsync(zip, cancellationToken: Cancel);
        var file = dataset.GetRequired(DatasetFiles.Movies);
        await using var stream = dataset.Open(file);
        await Assert.ThrowsAsync<LedgerException>(async () => await stream.ReadExactlyAsync(new byte[(int)file.Length!], Cancel));
    }

    [Fact]
    public async Task An_entry_that_is_shorter_than_announced_is_refused() =>
        Assert.Contains("it ends after", await ErrorAsync(With(Good, zip => zip[FindCentralDirectory(zip) + 26] = 1)), StringComparison.Ordinal);

    [Theory]
    [InlineData(1, 2)]
    [InlineData(9, 10)]
    public async Task A_zip_that_is_cut_off_is_refused(int numerator, int denominator) =>
        Assert.Contains("cut off or damaged", await ErrorAsync(Good[..(Good.Length * numerator / denominator)]), StringComparison.Ordinal);

    [Fact]
    public async Task An_encrypted_entry_is_refused_with_advice() =>
        Assert.Contains("encrypted. Zip it again without a password", await ErrorAsync(With(Good, zip =>
        {
            zip[6] |= 1;
            zip[FindCentralDirectory(zip) + 8] |= 1;
        })), StringComparison.Ordinal);

    [Theory]
    [InlineData(14)]
    [InlineData(93)]
    [InlineData(1)]
    public async Task A_compression_method_that_cannot_be_read_is_refused_with_advice(short method) =>
        Assert.Contains("Zip it again with the deflate method", await ErrorAsync(With(Good, zip =>
        {
            BinaryPrimitives.WriteInt16LittleEndian(zip.AsSpan(8), method);
            BinaryPrimitives.WriteInt16LittleEndian(zip.AsSpan(FindCentralDirectory(zip) + 10), method);
        })), StringComparison.Ordinal);

    [Fact]
    public async Task A_zip_that_changes_while_it_is_open_says_so()
    {
        var path = Write("data.zip", Stored);
        await using var dataset = await SourceOpener.OpenAsync(path, cancellationToken: Cancel);
        await using var open = dataset.Open(dataset.GetRequired(DatasetFiles.Movies));
        File.AppendAllText(path, "more");

        var reading = await Assert.ThrowsAsync<LedgerException>(() => open.CopyToAsync(Stream.Null, Cancel));
        Assert.Contains("changed while it was being read", reading.Message, StringComparison.Ordinal);
        var opening = Assert.Throws<LedgerException>(() => dataset.Open(dataset.GetRequired(DatasetFiles.Movies)));
        Assert.Contains("changed while it was being read", opening.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_byte_anywhere_in_a_zip_is_harmless_or_a_one_line_error()
    {
        var path = Path.Combine(Folder, "fuzz.zip");
        Gen.Select(Gen.Bool, Gen.Int[0, Math.Min(Good.Length, Stored.Length) - 1], Gen.Byte[1, 255], Gen.Bool)
            .Sample((stored, at, flip, cut) =>
            {
                var original = stored ? Stored : Good;
                var expected = stored ? Movies : string.Concat(Enumerable.Repeat(Movies, 50));
                File.WriteAllBytes(path, cut ? original[..at] : With(original, zip => zip[at] ^= flip));
                try
                {
                    using var reader = OpenMovies(path);
                    return reader.ReadToEnd() == expected;
                }
                catch (LedgerException e)
                {
                    return !e.Message.Contains('\n', StringComparison.Ordinal);
                }
            }, iter: 2_000, threads: 1);
    }

    private static StreamReader OpenMovies(string path)
    {
        var dataset = SourceOpener.OpenAsync(path, cancellationToken: Cancel).GetAwaiter().GetResult();
        return new StreamReader(dataset.Open(dataset.GetRequired(DatasetFiles.Movies)));
    }
}
