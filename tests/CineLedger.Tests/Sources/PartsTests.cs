using System.Text;
using CineLedger.Model;
using CineLedger.Sources;

namespace CineLedger.Tests.Sources;

/// <summary>Tests datasets that consist of several files.</summary>
public sealed class PartsTests : SourceTestBase
{
    [Fact]
    public async Task Files_by_a_pattern_are_parts_in_the_order_of_their_names()
    {
        Write("movies-2016.csv", Movies);
        Write("movies-2015.csv", Movies.Replace("862", "863", StringComparison.Ordinal));
        Write("other.csv", "x");
        await using var dataset = await SourceOpener.OpenAsync(Path.Combine(Folder, "movies-*.csv"), cancellationToken: Cancel);
        var whole = Assert.Single(dataset.Files);
        Assert.Equal((DatasetFiles.Movies, (long)Movies.Length * 2), (whole.Name, whole.Length));
        Assert.Equal(["movies-2015.csv", "movies-2016.csv"], dataset.GetParts(whole).Select(part => part.Name));
        using var first = new StreamReader(dataset.Open(dataset.GetParts(whole)[0]));
        Assert.Contains("863", await first.ReadToEndAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal(2, dataset.Originals.Count);
    }

    [Fact]
    public async Task The_version_of_a_pattern_changes_with_any_of_its_files()
    {
        Write("movies-1.csv", Movies);
        var pattern = Path.Combine(Folder, "movies-*.csv");
        await using var before = await SourceOpener.OpenAsync(pattern, cancellationToken: Cancel);
        Assert.Null(await SourceOpener.OpenIfChangedAsync(pattern, before.Version, cancellationToken: Cancel));
        Write("movies-2.csv", Movies);
        await using var after = await SourceOpener.OpenIfChangedAsync(pattern, before.Version, cancellationToken: Cancel);
        Assert.NotNull(after);
    }

    [Fact]
    public async Task Several_addresses_are_one_dataset_with_a_file_of_each()
    {
        var movies = Write("a.csv", Movies);
        var zip = Write("b.zip", Zip(("links.csv", Links)));
        await using var dataset = await SourceOpener.OpenIfChangedAsync([movies, zip], null, cancellationToken: Cancel);
        Assert.Equal([DatasetFiles.Movies, DatasetFiles.Links], dataset!.Files.Select(file => file.Name));
        Assert.Equal($"{movies} + {zip}", dataset.Address);
    }

    [Fact]
    public async Task Parts_with_equal_names_are_identified_by_their_full_addresses()
    {
        var (one, two) = (Write("a.zip", Zip((DatasetFiles.Movies, Movies))), Write("b.zip", Zip((DatasetFiles.Movies, Movies))));
        await using var dataset = await SourceOpener.OpenIfChangedAsync([one, two], null, cancellationToken: Cancel);
        Assert.Equal([$"{one}: {DatasetFiles.Movies}", $"{two}: {DatasetFiles.Movies}"], dataset!.GetParts(dataset.Files[0]).Select(part => part.Name));
    }

    [Fact]
    public async Task A_file_that_fits_no_part_is_refused_in_one_line()
    {
        var (movies, links) = (Write("a.csv", Movies), Write("links.csv", Links));
        Assert.Contains("no such file", await RefusalAsync(Path.Combine(Folder, "none-*.csv")), StringComparison.Ordinal);
        Assert.Contains("links.csv occurs twice", await RefusalAsync(movies, links, Write("more.csv", Links)), StringComparison.Ordinal);
        Assert.Contains("given twice", await RefusalAsync(movies, movies), StringComparison.Ordinal);
        Assert.Contains("no such file", await RefusalAsync(movies, Path.Combine(Folder, "none.csv")), StringComparison.Ordinal);
        Assert.Contains("give '-' once", await RefusalAsync("-", "-"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"id\": 1, \"budget\": 7}\n{\"id\": 2}\n", null)]
    [InlineData("[{\"id\": 1}]", "not one movie per line")]
    [InlineData("{\n  \"id\": 1\n}\n", "not one movie per line")]
    [InlineData("{\"title\": \"Seven\"}\n", "no \"id\"")]
    public async Task Movies_as_JSON_lines_are_recognized(string text, string? refusal)
    {
        var path = Write("movies", text);
        if (refusal is not null)
        {
            Assert.Contains(refusal, await RefusalAsync(path), StringComparison.Ordinal);
            return;
        }

        await using var dataset = await SourceOpener.OpenAsync(path, cancellationToken: Cancel);
        Assert.True(dataset.GetRequired(DatasetFiles.Movies).IsJson);
    }

    [Fact]
    public async Task Files_in_a_zip_are_recognized_by_header_and_one_file_can_hold_movies_and_keywords()
    {
        var zip = Write("archive.zip", Zip(("tmdb_5000_movies.csv", "budget,id,keywords,title\n1,2,[],x\n"), ("tmdb_5000_credits.csv", "movie_id,title,cast,crew\n"), ("notes.csv", "a,b\n")));
        await using var dataset = await SourceOpener.OpenAsync(zip, cancellationToken: Cancel);
        Assert.Equal([DatasetFiles.Movies, DatasetFiles.Keywords, DatasetFiles.Credits], dataset.Files.Select(file => file.Name));
        Assert.Equal(["notes.csv"], dataset.OtherFiles);
        Write("f/TMDB_movie_dataset_v11.csv", "budget,id,title\n");
        await using var folder = await SourceOpener.OpenAsync(Path.Combine(Folder, "f"), cancellationToken: Cancel);
        Assert.Equal([DatasetFiles.Movies], folder.Files.Select(file => file.Name));
    }

    private static async Task<string> RefusalAsync(params string[] addresses)
    {
        var options = new SourceOptions { StandardInput = new MemoryStream(Encoding.UTF8.GetBytes(Movies)) };
        var error = await Assert.ThrowsAnyAsync<LedgerException>(() => SourceOpener.OpenIfChangedAsync(addresses, null, options, Cancel));
        Assert.DoesNotContain('\n', error.Message);
        return error.Message;
    }
}
