using CineLedger.Loading;
using CineLedger.Model;
using CineLedger.Tests.Support;

namespace CineLedger.Tests.Loading;

/// <summary>Tests which files of a dataset a load reads.</summary>
public sealed class LoadFilesTests
{
    [Theory]
    [InlineData("movies_metadata.csv ratings.csv links.csv ratings_small.csv links_small.csv", "movies_metadata.csv, links.csv, ratings.csv")]
    [InlineData("movies_metadata.csv links.csv ratings_small.csv links_small.csv", "movies_metadata.csv, links_small.csv, ratings_small.csv")]
    [InlineData("movies_metadata.csv links.csv ratings_small.csv", "movies_metadata.csv, links.csv, ratings_small.csv")]
    [InlineData("movies_metadata.csv links.csv keywords.csv", "movies_metadata.csv, keywords.csv")]
    public void The_small_ratings_are_read_only_if_there_are_no_large_ones(string files, string read) =>
        Assert.Equal(read, Choose(files, new()).Names);

    [Fact]
    public void Omissions_are_reported()
    {
        Assert.Equal(DatasetParts.Ratings | DatasetParts.Keywords, Choose("movies_metadata.csv credits.csv", new()).Omitted);
        Assert.Equal("credits.csv", Choose("movies_metadata.csv credits.csv", new() { Parts = DatasetParts.Credits }).Names);
    }

    [Theory]
    [InlineData("movies_metadata.csv ratings.csv links_small.csv", "memory: ratings.csv requires links.csv, which maps ratings to movies. Add that file, or exclude the ratings with --skip ratings.")]
    [InlineData("movies_metadata.csv ratings_small.csv", "memory: ratings_small.csv requires links_small.csv, which maps ratings to movies. Add that file, or exclude the ratings with --skip ratings.")]
    [InlineData("ratings.csv links.csv", "memory: no movies_metadata.csv found; the source contains ratings.csv, links.csv. MovieLens' files hold ratings and links but no movies with dates and amounts: give them together with movies_metadata.csv, or with --only ratings if the ledger has movies.")]
    [InlineData("credits.csv", "memory: no movies_metadata.csv found; the source contains credits.csv. Give a source that contains movies_metadata.csv.")]
    public void Ratings_need_their_links_and_a_dataset_its_movies(string files, string message) =>
        Assert.Equal(message, Assert.Throws<LedgerException>(() => Choose(files, new())).Message);

    [Fact]
    public void Parts_named_explicitly_must_exist()
    {
        var options = new LoadOptions { Parts = DatasetParts.Keywords | DatasetParts.Movies, RequiresParts = true };
        Assert.Contains("no keywords.csv found", Assert.Throws<LedgerException>(() => Choose("movies_metadata.csv", options)).Message, StringComparison.Ordinal);
    }

    private static LoadFiles Choose(string files, LoadOptions options) =>
        LoadFiles.Select(RelatedFiles.Create([.. files.Split(' ').Select(name => (name, "x"))]), options);
}
