using CineLedger.Model;
using CineLedger.Tests.Support;
using CsCheck;
using static CineLedger.Tests.Support.MovieFile;

namespace CineLedger.Tests.Cleaning;

/// <summary>Tests files with one row per movie and genre.</summary>
public sealed class GenreRowTests
{
    private static readonly string[] Names = ["Action", "Drama", "Science Fiction", "War"];

    [Fact]
    public async Task The_rows_of_a_movie_become_one_movie_with_all_its_genres()
    {
        var cleaned = await CleanedFile.CreateAsync(
            Full(1, ("genres", "Drama")), Full(2, ("genres", "War")), Full(1, ("genres", "Action")), Full(3, ("genres", "")), Full(1, ("genres", "Drama")));
        Assert.Equal([(1L, "Drama/Action"), (2L, "War"), (3L, "")], cleaned.Movies.Select(movie => (movie.Id, string.Join('/', movie.Genres.Select(genre => genre.Name)))));
        Assert.Equal(new Finding(FindingKind.Drop, Rules.CombinedRow, "movies_metadata.csv", 2, 1, "genres", "Drama, Action", 2), cleaned.Finding);
    }

    [Fact]
    public async Task Rows_that_differ_in_more_than_the_genre_are_left_to_the_rule_of_duplicates()
    {
        var cleaned = await CleanedFile.CreateAsync(Full(1, ("genres", "Drama")), Full(1, ("genres", "Action"), ("popularity", "1.5")), Full(2, ("genres", "War")), Full(2, ("genres", "War")));
        Assert.Equal([1, 1, 2, 2], cleaned.Movies.Select(movie => movie.Id));
        Assert.Empty(cleaned.Findings);
    }

    /// <summary>In any order of the rows, a movie has all its genres, and every record is accounted for.</summary>
    [Fact]
    public Task The_order_of_the_rows_does_not_matter() =>
        Gen.Int[1, 15].Array[1, 12].SelectMany(masks => Gen.Shuffle(
            masks.SelectMany((mask, id) => Names.Where((_, bit) => (mask & (1 << bit)) != 0).Select(name => (Id: id + 1, name))).ToArray())).SampleAsync(
                async rows =>
                {
                    var cleaned = await CleanedFile.CreateAsync([.. rows.Select(row => Varied(row.Id, ("genres", row.name)))]);
                    Assert.Equal(rows.Length, cleaned.Movies.Count + cleaned.Findings.Sum(finding => finding.Occurrences));
                    foreach (var movie in cleaned.Movies)
                    {
                        Assert.Equal(rows.Where(row => row.Id == movie.Id).Select(row => row.name), movie.Genres.Select(genre => genre.Name));
                    }
                },
                iter: 50);
}
