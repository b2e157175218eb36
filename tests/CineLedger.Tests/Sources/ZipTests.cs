using System.IO.Compression;
using CineLedger.Sources;

namespace CineLedger.Tests.Sources;

public sealed class ZipTests : SourceTestBase
{
    [Theory]
    [InlineData(CompressionLevel.Optimal)]
    [InlineData(CompressionLevel.NoCompression)]
    public async Task Files_are_recognized_by_name_wherever_they_lie_in_the_zip(CompressionLevel level)
    {
        var zip = Write("data.zip", Zip(level, ("data/x/Movies_Metadata.CSV", Movies), ("links.csv", Links), ("read me.txt", "hello")));
        await using var dataset = await SourceOpener.OpenAsync(zip, cancellationToken: Cancel);

        Assert.Equal(["links.csv", "movies_metadata.csv"], dataset.Files.Select(file => file.Name).Order());
        Assert.Equal("data/x/Movies_Metadata.CSV", dataset.GetRequired(DatasetFiles.Movies).Path);
        Assert.Equal(Movies.Length, dataset.GetRequired(DatasetFiles.Movies).Length);
        Assert.Equal(["read me.txt"], dataset.OtherFiles);
        Assert.Equal(Movies, await ReadAsync(dataset, DatasetFiles.Movies));
        Assert.Equal(Links, await ReadAsync(dataset, DatasetFiles.Links));
    }

    [Fact]
    public async Task A_zip_is_recognized_by_its_content_whatever_it_is_called()
    {
        var zip = Write("movies.csv", Zip(("movies_metadata.csv", Movies)));
        await using var dataset = await SourceOpener.OpenAsync(zip, cancellationToken: Cancel);
        Assert.Equal(Movies, await ReadAsync(dataset, DatasetFiles.Movies));
    }

    [Fact]
    public async Task Entries_can_be_read_at_the_same_time_and_again()
    {
        await using var dataset = await SourceOpener.OpenAsync(
            Write("data.zip", Zip(("movies_metadata.csv", Movies), ("links.csv", Links))), cancellationToken: Cancel);
        await using var first = dataset.Open(dataset.GetRequired(DatasetFiles.Movies));
        Assert.Equal(MoviesHeader[0], first.ReadByte());
        Assert.Equal(Links, await ReadAsync(dataset, DatasetFiles.Links));
        Assert.Equal(Movies, await ReadAsync(dataset, DatasetFiles.Movies));
        Assert.Equal(MoviesHeader[1], first.ReadByte());
    }

    [Fact]
    public async Task A_name_that_occurs_twice_in_a_zip_is_refused_and_both_paths_are_named()
    {
        var error = await ErrorAsync(Write("data.zip", Zip(("old/movies_metadata.csv", Movies), ("new/movies_metadata.csv", Movies))));
        Assert.Contains("old/movies_metadata.csv", error, StringComparison.Ordinal);
        Assert.Contains("new/movies_metadata.csv", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_zip_without_movies_can_be_opened_but_says_what_it_holds_when_movies_are_required()
    {
        var zip = Write("data.zip", Zip(("links.csv", Links), ("notes.txt", "hello")));
        await using var dataset = await SourceOpener.OpenAsync(zip, cancellationToken: Cancel);
        Assert.Equal(Links, await ReadAsync(dataset, DatasetFiles.Links));
        Assert.Null(dataset.Find(DatasetFiles.Movies));

        var error = await ErrorAsync(zip);
        Assert.Contains("no movies_metadata.csv found; the source contains links.csv, notes.txt.", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_zip_of_other_things_is_refused_and_says_what_it_holds()
    {
        var many = Enumerable.Range(1, 12).Select(i => ($"word/document{i:00}.xml", "<x/>")).ToArray();
        var error = await ErrorAsync(Write("letter.docx", Zip(many)));
        Assert.Contains("no movies_metadata.csv", error, StringComparison.Ordinal);
        Assert.Contains("word/document01.xml", error, StringComparison.Ordinal);
        Assert.Contains("and 2 more", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_with_line_breaks_in_them_still_make_one_line_of_error() =>
        Assert.Contains("the source contains a·b·[31m.txt", await ErrorAsync(Write("a.zip", Zip(("a\nb\u001b[31m.txt", "x")))), StringComparison.Ordinal);

    [Fact]
    public async Task A_zip_without_entries_is_refused() =>
        Assert.Contains("nor any other file", await ErrorAsync(Write("empty.zip", Zip())), StringComparison.Ordinal);

    [Fact]
    public async Task An_entry_without_bytes_is_refused_where_it_is_required() =>
        Assert.Contains("movies_metadata.csv is empty (0 bytes)", await ErrorAsync(Write("a.zip", Zip(("movies_metadata.csv", "")))),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("../../movies_metadata.csv")]
    [InlineData("/etc/cron.d/x")]
    [InlineData("a/../../x")]
    [InlineData("..\\x")]
    [InlineData("\\x")]
    [InlineData("C:\\x")]
    [InlineData("c:x")]
    public async Task A_zip_with_an_entry_outside_its_folder_is_refused_although_nothing_is_unpacked(string name)
    {
        var error = await ErrorAsync(Write("data.zip", Zip(("movies_metadata.csv", Movies), (name, "x"))));
        Assert.Contains("points outside the archive", error, StringComparison.Ordinal);
        Assert.Contains(name, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a..b/movies_metadata.csv")]
    [InlineData("data:x/movies_metadata.csv")]
    public async Task Dots_and_colons_inside_a_name_are_harmless(string name)
    {
        await using var dataset = await SourceOpener.OpenAsync(Write("data.zip", Zip((name, Movies))), cancellationToken: Cancel);
        Assert.Equal(Movies, await ReadAsync(dataset, DatasetFiles.Movies));
    }

    [Theory]
    [InlineData("SYNTHETIC-DATA.txt", true)]
    [InlineData("sample/synthetic-data.TXT", true)]
    [InlineData("README.txt", false)]
    public async Task A_zip_that_contains_the_marker_is_synthetic(string name, bool synthetic)
    {
        var zip = Write("data.zip", Zip(("movies_metadata.csv", Movies), (name, "x")));
        await using var dataset = await SourceOpener.OpenAsync(zip, cancellationToken: Cancel);
        Assert.Equal(synthetic, dataset.IsSynthetic);
    }
}
