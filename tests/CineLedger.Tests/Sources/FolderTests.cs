using CineLedger.Sources;

namespace CineLedger.Tests.Sources;

public sealed class FolderTests : SourceTestBase
{
    [Fact]
    public async Task A_folder_provides_its_files_by_name_and_ignores_its_subfolders()
    {
        Write("data/movies_metadata.csv", Movies);
        Write("data/LINKS.CSV", Links);
        Write("data/notes.txt", "hello");
        Write("data/old/movies_metadata.csv", "last month's");
        await using var dataset = await SourceOpener.OpenAsync(Path.Combine(Folder, "data"), cancellationToken: Cancel);

        Assert.Equal(["links.csv", "movies_metadata.csv"], dataset.Files.Select(file => file.Name).Order());
        Assert.Equal(["notes.txt"], dataset.OtherFiles);
        Assert.Equal(Movies, await ReadAsync(dataset, DatasetFiles.Movies));
        Assert.Equal(Links, await ReadAsync(dataset, DatasetFiles.Links));
        Assert.False(dataset.IsSynthetic);
    }

    [Fact]
    public async Task A_folder_that_holds_the_marker_is_synthetic()
    {
        Write("movies_metadata.csv", Movies);
        Write(DatasetFiles.SyntheticMarker, "");
        await using var dataset = await SourceOpener.OpenAsync(Folder, cancellationToken: Cancel);
        Assert.True(dataset.IsSynthetic);
    }

    [Fact]
    public async Task An_empty_folder_is_refused() =>
        Assert.Contains("nor any other file", await ErrorAsync(Folder), StringComparison.Ordinal);

    [Fact]
    public async Task A_folder_without_movies_says_what_it_holds()
    {
        Write("links.csv", Links);
        Write("movies.xlsx", "x");
        var error = await ErrorAsync(Folder);
        Assert.Contains("no movies_metadata.csv", error, StringComparison.Ordinal);
        Assert.Contains("movies.xlsx", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_names_that_differ_only_in_letter_case_are_refused_and_both_are_named()
    {
        Write("movies_metadata.csv", Movies);
        Write("Movies_Metadata.csv", Movies);
        Assert.SkipWhen(Directory.GetFiles(Folder).Length == 1, "the file system ignores letter case");
        var error = await ErrorAsync(Folder);
        Assert.Contains("movies_metadata.csv", error, StringComparison.Ordinal);
        Assert.Contains("Movies_Metadata.csv", error, StringComparison.Ordinal);
    }
}
