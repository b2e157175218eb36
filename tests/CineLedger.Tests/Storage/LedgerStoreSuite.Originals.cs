using System.Security.Cryptography;
using System.Text;
using CineLedger.Loading;
using CineLedger.Model;
using CineLedger.Sources;
using CineLedger.Storage.Snapshots;
using CineLedger.Tests.Support;
using static CineLedger.Tests.Support.MovieFile;

namespace CineLedger.Tests.Storage;

/// <summary>Tests the record of the files that a load read, and loads of selected years.</summary>
public abstract partial class LedgerStoreSuite
{
    private static readonly LoadOptions MoviesOf2016 = new() { IsMerge = true, Years = YearSet.Parse("2016") };

    [Fact]
    public async Task A_snapshot_knows_the_checksums_of_the_files_that_its_load_read_and_loses_them_with_a_prune()
    {
        var folder = Directory.CreateTempSubdirectory("cineledger-tests-");
        try
        {
            string[] parts = [MovieFile.Text(Full(1)), MovieFile.Text(Full(2))];
            for (var i = 0; i < parts.Length; i++)
            {
                await File.WriteAllTextAsync(Path.Combine(folder.FullName, $"movies-{i}.csv"), parts[i], Cancel);
            }

            await using (var dataset = await SourceOpener.OpenAsync(Path.Combine(folder.FullName, "movies-*.csv"), cancellationToken: Cancel))
            {
                await LoadAsync(dataset, Accept.AnyContent, null, Cancel);
            }

            var sources = await SnapshotSourceRows.ReadAsync(Connection, 1, Cancel);
            Assert.Equal(parts.Select(part => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(part)))), sources.Select(source => source.Sha256));
            Assert.Equal(["movies-0.csv", "movies-1.csv"], sources.Select(source => Path.GetFileName(source.Address)));
            Assert.Equal(parts.Select(part => (long)part.Length), sources.Select(source => source.Bytes));

            await LoadAsync(Full(1, ("title", "b")), Full(2));
            await SnapshotPrune.RunAsync(Ledger, 1, Cancel);
            Assert.Empty(await SnapshotSourceRows.ReadAsync(Connection, 1, Cancel));
            Assert.Equal(0L, await CountAsync("snapshot_source"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_merge_of_one_year_neither_changes_nor_reports_movies_of_other_years()
    {
        await LoadAsync(Full(1, Year(2015)), Full(2, Year(2016)), Full(3, Year(2016)));
        var summary = await LoadAsync(
            MoviesOf2016, Full(1, Year(2015), ("title", "b"), ("budget", "12")), Full(2, Year(2016), ("title", "b")), Full(4, Year(2016)), Full(5, Year(2017)), Full(6, ("release_date", "")));

        Assert.Equal((2, 1L, 1L, 0L), (summary.Snapshot.Id, summary.Snapshot.Added, summary.Snapshot.Changed, summary.Snapshot.Removed));
        Assert.Equal(["Toy Story", "b", "Toy Story", "Toy Story"], (await ReadAsync(2)).Select(movie => movie.Title));
        Assert.Empty(summary.Findings);
    }

    [Fact]
    public async Task Reloading_the_same_years_publishes_nothing()
    {
        MovieRow[] rows = [Full(1, Year(2015)), Full(2, Year(2016)), Full(2, Year(2016))];
        await LoadAsync(MoviesOf2016, rows);
        var before = await StateAsync();
        Assert.False((await LoadAsync(MoviesOf2016, rows)).IsPublished);
        Assert.Equal(before, await StateAsync());
        Assert.Single(await ReadAsync(1));
    }

    [Fact]
    public async Task Ratings_people_and_keywords_of_movies_of_other_years_stay_as_they_are_too()
    {
        MovieRow[] movies = [Full(11, Year(2015)), Full(12, Year(2016))];
        await LoadAsync(RelatedFiles.Dataset(movies), Accept.AnyContent, null, Cancel);
        var others = await ReadMovie11Async(1);
        var summary = await LoadAsync(
            RelatedFiles.Dataset(movies, ratings: RelatedFiles.Ratings + "9,1,5.0,820454401\n", credits: RelatedFiles.Credits.Replace("John", "Jon", StringComparison.Ordinal), keywords: "id,keywords\n11,[]\n99,[]\n"),
            MoviesOf2016, null, Cancel);

        Assert.Equal((1L, 0L), (summary.Snapshot.Changed, summary.Snapshot.Removed));
        Assert.Equal(others, await ReadMovie11Async(2));
        Assert.Equal("crew 0 Jon Lasseter/7879 Director/Directing/", (await PeopleAsync(2, 12)).Single());
    }

    [Fact]
    public async Task Years_that_the_source_does_not_have_and_years_without_a_merge_are_refused()
    {
        await LoadAsync(Full(1, Year(2015)));
        Assert.Contains("no movie released in 2016", (await Assert.ThrowsAsync<LedgerException>(() => LoadAsync(MoviesOf2016, Full(1, Year(2015))))).Message, StringComparison.Ordinal);
        Assert.Contains("--merge", (await Assert.ThrowsAsync<UsageException>(() =>
            LoadAsync(MoviesOf2016 with { IsMerge = false }, Full(1, Year(2016))))).Message, StringComparison.Ordinal);
        Assert.Contains("movies", (await Assert.ThrowsAsync<UsageException>(() =>
            LoadAsync(MoviesOf2016 with { Parts = DatasetParts.Ratings }, Full(1)))).Message, StringComparison.Ordinal);
        Assert.Single(await SnapshotRows.ListAsync(Connection, Cancel));
    }

    private async Task<IEnumerable<string>> ReadMovie11Async(int snapshot) =>
        [.. await RatingsAsync(snapshot), .. await PeopleAsync(snapshot, 11), .. await KeywordsAsync(snapshot, 11)];

    private static (string, string) Year(int year) => ("release_date", $"{year}-05-01");
}
