using CineLedger.SqlSandbox;

namespace CineLedger.Tests.SqlSandbox;

public sealed class VersionNoteTests
{
    [Theory]
    [InlineData("SELECT * FROM movie", "movie")]
    [InlineData("select title from MOVIE m, movie_company c", "movie movie_company")]
    [InlineData("SELECT COUNT(*) FROM \"movie\" JOIN movie_genre USING (movie_id)", "movie movie_genre")]
    [InlineData("SELECT COUNT(*) FROM movie_person", "movie_person")]
    [InlineData("SELECT COUNT(*) FROM movies JOIN movie_companies USING (movie_id)", "")]
    [InlineData("SELECT COUNT(*) FROM movie WHERE since <= 1 AND (until IS NULL OR until > 1)", "")]
    [InlineData("SELECT COUNT(*) FROM movie m WHERE m.\"until\" IS NULL", "")]
    [InlineData("WITH movie AS (SELECT * FROM movies) SELECT * FROM movie", "")]
    [InlineData("SELECT 'FROM movie', movie_id AS movie FROM movies -- FROM movie", "")]
    [InlineData("SELECT * FROM company JOIN genre ON true", "")]
    public async Task A_statement_on_all_versions_gets_a_note_for_each_table(string sql, string tables) =>
        Assert.Equal(
            tables.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            (await VersionNotes.FindAsync(sql, TestContext.Current.CancellationToken)).Select(note => note.Split(' ')[0]));

    [Fact]
    public async Task The_note_names_the_view() => Assert.Equal(
        ["movie_person holds the rows of all snapshots, with every version of a movie: the view movie_people shows one snapshot."],
        await VersionNotes.FindAsync("SELECT COUNT(*) FROM movie_person", TestContext.Current.CancellationToken));
}
