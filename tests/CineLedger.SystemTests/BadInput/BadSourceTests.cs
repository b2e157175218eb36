using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using CineLedger.SystemTests.CommandLine;

namespace CineLedger.SystemTests.BadInput;

public sealed class BadSourceTests(RefusingWorkspace refusing, Datasets datasets) : IClassFixture<RefusingWorkspace>
{
    private const int ZipDirectorySignature = 0x02014b50;
    private readonly Workspace _workspace = refusing.Workspace;

    [Fact]
    public async Task A_missing_file_is_named() =>
        AssertSays(await refusing.AssertLoadRefusedAsync(1, "absent.zip"), "absent.zip", "no such file", "Check the path");

    [Fact]
    public async Task A_file_that_is_not_a_dataset_is_described_by_its_first_bytes() =>
        AssertSays(await refusing.AssertLoadRefusedAsync(1, _workspace.Write("letter.zip", "Dear Sir\n")), "letter.zip", "neither a zip nor a CSV", "dear sir", "Give the zip");

    [Fact]
    public async Task A_web_page_saved_as_a_zip_is_recognized() =>
        AssertSays(await refusing.AssertLoadRefusedAsync(1, _workspace.Write("page.zip", "<!DOCTYPE html><html>Log in</html>")), "page.zip", "web page");

    [Fact]
    public async Task A_zip_without_the_movies_file_reports_what_it_contains() =>
        AssertSays(
            await refusing.AssertLoadRefusedAsync(1, _workspace.Write("other.zip", Datasets.Zip(("readme.txt", "x"), ("links.csv", "movieId,imdbId,tmdbId\n")))),
            "other.zip", "no movies_metadata.csv", "readme.txt", "links.csv");

    [Fact]
    public async Task A_truncated_zip_asks_for_a_new_download()
    {
        var zip = await File.ReadAllBytesAsync(datasets.Clean, TestContext.Current.CancellationToken);
        AssertSays(await refusing.AssertLoadRefusedAsync(1, _workspace.Write("cut.zip", zip[..(zip.Length / 2)])), "cut.zip", "cut off or damaged", "again");
    }

    [Fact]
    public async Task A_wrong_checksum_is_detected_even_if_the_text_parses()
    {
        var zip = Datasets.MovieZip(datasets.CleanLines());
        zip[14] ^= 1;
        zip[GetDirectory(zip) + 16] ^= 1;
        AssertSays(await refusing.AssertLoadRefusedAsync(1, _workspace.Write("crc.zip", zip)), "crc.zip", "movies_metadata.csv", "checksum", "again");
    }

    [Fact]
    public async Task A_flipped_byte_in_compressed_data_is_detected()
    {
        var zip = Datasets.MovieZip(datasets.CleanLines());
        zip[zip.Length / 2] ^= 0x10;
        AssertSays(await refusing.AssertLoadRefusedAsync(1, _workspace.Write("flipped.zip", zip)), "flipped.zip");
    }

    [Fact]
    public async Task An_empty_file_is_reported_as_empty()
    {
        AssertSays(await refusing.AssertLoadRefusedAsync(1, _workspace.Write("empty.zip", "")), "empty.zip", "empty (0 bytes)", "again");
        AssertSays(await refusing.AssertLoadRefusedAsync(1, _workspace.Write("hollow.zip", Datasets.Zip(("movies_metadata.csv", "")))), "hollow.zip", "movies_metadata.csv is empty");
    }

    [Fact]
    public async Task An_empty_folder_holds_nothing_to_load()
    {
        Directory.CreateDirectory(_workspace.GetPath("hollow"));
        AssertSays(await refusing.AssertLoadRefusedAsync(1, "hollow"), "hollow", "no movies_metadata.csv", "nor any other file");
    }

    [Fact]
    public async Task A_header_without_rows_is_not_a_dataset() =>
        AssertSays(await refusing.AssertLoadRefusedAsync(1, _workspace.Write("header.csv", datasets.CleanLines()[0] + "\n")), "header.csv", "contains no movie", "nothing below it");

    [Fact]
    public async Task A_header_without_the_id_says_which_columns_it_has()
    {
        var lines = datasets.CleanLines();
        lines[0] = lines[0].Replace(",id,", ",number,", StringComparison.Ordinal);
        AssertSays(
            await refusing.AssertLoadRefusedAsync(1, _workspace.Write("no-id.csv", string.Join('\n', lines))),
            "no-id.csv", "lacks the required column 'id'", "number", "revenue");
    }

    [Fact]
    public async Task A_field_of_64_megabytes_is_refused_before_it_fills_the_memory() =>
        AssertSays(
            await refusing.AssertLoadRefusedAsync(1, _workspace.Write("field.csv", string.Join('\n', [.. datasets.CleanLines(), $"False,\"{new string('x', 64 << 20)}\"\n"]))),
            $"field.csv, line {datasets.CleanLines().Length + 1}: ", "longer than 16 MB");

    [Theory]
    [InlineData("zeros")]
    [InlineData("one-movie")]
    public async Task A_zip_bomb_is_refused(string kind)
    {
        var header = datasets.CleanLines()[0];
        var block = kind == "zeros"
            ? new byte[1 << 20]
            : Encoding.UTF8.GetBytes(string.Join(',', header.Split(',').Select(column => column switch { "id" => "1", "title" => new string('x', 1 << 20), _ => "" })) + "\n");

        await using (var archive = await ZipFile.OpenAsync(_workspace.GetPath($"{kind}.zip"), ZipArchiveMode.Create, TestContext.Current.CancellationToken))
        {
            await using var entry = await archive.CreateEntry("movies_metadata.csv", CompressionLevel.Optimal).OpenAsync(TestContext.Current.CancellationToken);
            await entry.WriteAsync(Encoding.UTF8.GetBytes(header + "\n"), TestContext.Current.CancellationToken);
            for (var i = 0; i < 400; i++)
            {
                await entry.WriteAsync(block, TestContext.Current.CancellationToken);
            }
        }

        var line = await refusing.AssertLoadRefusedAsync(1, $"{kind}.zip");
        AssertSays(line, $"{kind}.zip", "movies_metadata.csv");
        AssertSays(line, kind == "zeros" ? "a binary file" : "zip bomb");
    }

    [Theory]
    [InlineData("../../x")]
    [InlineData("/etc/x")]
    [InlineData("..\\x")]
    public async Task An_archive_with_an_entry_outside_its_folder_is_refused(string name) =>
        AssertSays(
            await refusing.AssertLoadRefusedAsync(1, _workspace.Write("slip.zip", Datasets.Zip((name, "x"), ("movies_metadata.csv", string.Join('\n', datasets.CleanLines()))))),
            "slip.zip", name, "outside the archive", "refused");

    [Fact]
    public async Task Empty_standard_input_is_reported()
    {
        using var nothing = new MemoryStream();
        AssertSays(Workspace.OneLine(await _workspace.RunAsync(["load", "-"], nothing), 1), "standard input", "empty (0 bytes)");
        await refusing.AssertUnchangedAsync();
    }

    [Fact]
    public async Task A_load_with_too_many_rejected_records_is_not_published_unless_allowed()
    {
        var lines = datasets.CleanLines();
        var broken = lines.Select((line, i) => i is > 0 and <= 30 ? line[..line.LastIndexOf(',')] : line);
        _workspace.Write("rejects.zip", Datasets.MovieZip(broken));
        AssertSays(await refusing.AssertLoadRefusedAsync(3, "rejects.zip"), "30 of 300 records of movies_metadata.csv were rejected", "--max-rejects", "nothing was published");
        var allowed = await _workspace.RunSuccessfullyAsync("load", "rejects.zip", "--max-rejects", "10%", "--store", "allowed.duckdb");
        Assert.Contains("270 added", allowed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dataset_without_a_fifth_of_the_movies_is_not_published_unless_allowed()
    {
        _workspace.Write("shrunk.zip", Datasets.MovieZip(datasets.CleanLines()[..200]));
        var line = Workspace.OneLine(await _workspace.RunAsync("load", "shrunk.zip"), 3);
        AssertSays(line, "lacks 101 of the ledger's 300 movies", "nothing was published", "--merge", "--allow-shrink");
        await refusing.AssertUnchangedAsync();

        File.Copy(_workspace.Store, _workspace.GetPath("shrinking.duckdb"));
        var allowed = await _workspace.RunSuccessfullyAsync("load", "shrunk.zip", "--allow-shrink", "--store", "shrinking.duckdb");
        Assert.Contains("101 removed", allowed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unsupported_address_is_a_usage_error_that_lists_what_can_be_read() =>
        AssertSays(await refusing.AssertLoadRefusedAsync(2, "ftp://host/movies.zip"), "ftp://", "http(s)");

    internal static void AssertSays(string line, params string[] words) =>
        Assert.All(words, word => Assert.Contains(word, line, StringComparison.Ordinal));

    /// <summary>Returns where the central directory of a zip begins. Its copy of the entry's checksum is 16 bytes further on.</summary>
    private static int GetDirectory(byte[] zip)
    {
        for (var i = zip.Length - 4; i >= 0; i--)
        {
            if (BinaryPrimitives.ReadInt32LittleEndian(zip.AsSpan(i)) == ZipDirectorySignature)
            {
                return i;
            }
        }

        throw new InvalidDataException("the zip has no central directory");
    }
}
