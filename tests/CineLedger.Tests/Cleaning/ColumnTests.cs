using CineLedger.Cleaning;
using CineLedger.Model;
using CineLedger.Tests.Support;
using CsCheck;
using static CineLedger.Tests.Support.MovieFile;

namespace CineLedger.Tests.Cleaning;

public sealed class ColumnTests
{
    [Fact]
    public Task Columns_may_be_in_any_order() =>
        Gen.Shuffle(Columns.ToArray()).SampleAsync(
            async columns =>
            {
                var cleaned = await CleanedFile.CreateFromBatchesAsync($"{CsvText.Row(columns)}\n{Full(862).Write(columns)}\n", 4_096);
                Assert.Equal((await CleanedFile.CreateFromBatchesAsync(MovieFile.Text(Full(862)), 4_096)).Contents, cleaned.Contents);
            },
            iter: 50);

    [Fact]
    public async Task An_unknown_column_is_flagged_once_and_ignored()
    {
        var cleaned = await CleanedFile.CreateAsync($"{CsvText.Row(Columns)},mood\n{Full(1).Text},sad\n{Full(2).Text},gay\n");
        Assert.Equal((await CleanedFile.CreateAsync(Full(1), Full(2))).Contents, cleaned.Contents);
        Assert.Equal(new Finding(FindingKind.Flag, Rules.UnknownColumn, "movies_metadata.csv", 1, null, "mood", null), cleaned.Finding);
    }

    [Fact]
    public async Task A_column_that_is_not_needed_may_be_missing()
    {
        string[] needed = ["id", "title", "release_date", "budget", "revenue", "popularity", "genres", "production_companies"];
        var movie = (await CleanedFile.CreateAsync($"{CsvText.Row(needed)}\n{Full(862).Write(needed)}\n")).Movie;
        Assert.Equal((862, "Toy Story", 30_000_000), (movie.Id, movie.Title, movie.Budget));
        Assert.Equal((null, null, null), (movie.VoteCount, movie.Overview, movie.Adult));
    }

    [Theory]
    [InlineData("budget", "the required column 'budget'; its columns are: adult, ")]
    [InlineData("id", "the required column 'id' (or 'tmdb_id'); its columns are: ")]
    [InlineData("genres,title", "the required columns 'title', 'genres'; its columns are: ")]
    public void A_needed_column_that_is_missing_is_named(string missing, string expected)
    {
        var header = Columns.Except(missing.Split(',')).ToList();
        var error = Assert.Throws<LedgerException>(() => MovieColumns.Read(header, "movies.csv"));
        Assert.StartsWith("movies.csv: the header lacks " + expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_duplicate_column_is_refused() =>
        Assert.Equal(
            "movies.csv: the header contains the column 'Title' twice. Remove one of them and load again.",
            Assert.Throws<LedgerException>(() => MovieColumns.Read([.. Columns, "Title"], "movies.csv")).Message);

    [Fact]
    public void The_id_may_be_called_tmdb_id_and_names_are_compared_without_case()
    {
        var columns = MovieColumns.Read([.. Columns.Select(name => name == "id" ? "TMDB_ID" : name.ToUpperInvariant())], "movies.csv");
        Assert.Equal((5, 20), (columns.Id, columns[MovieField.All[0]]));
        Assert.Equal(["tmdb_id"], MovieColumns.Read([.. Columns, "tmdb_id"], "movies.csv").Unknown);
    }

    [Fact]
    public void A_header_padded_with_empty_names_has_no_unknown_columns_for_them()
    {
        var columns = MovieColumns.Read([.. Columns, "", ""], "movies.csv");
        Assert.Equal((26, 0), (columns.Count, columns.Unknown.Count));
    }
}
