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
    [InlineData("id", "the required column 'id' (or 'tmdb_id' or 'tmdbid'); its columns are: adult, ")]
    [InlineData("id,title,original_title", "the required columns 'id' (or 'tmdb_id' or 'tmdbid'), 'title' (or 'movie_title' or ")]
    public void A_needed_column_that_is_missing_is_named(string missing, string expected)
    {
        var header = Columns.Except(missing.Split(',')).ToList();
        var error = Assert.Throws<LedgerException>(() => MovieColumns.Read(header, "movies.csv"));
        Assert.StartsWith("movies.csv: the header lacks " + expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("id,title", "release_date,budget,revenue,popularity,genres,production_companies,production_countries,spoken_languages,original_title,runtime")]
    [InlineData("id,original_title,budget", "release_date,revenue,popularity,genres,production_companies,production_countries,spoken_languages,runtime,vote_average")]
    public void Any_other_column_may_be_missing_and_those_of_reports_are_named_first(string header, string missing)
    {
        var columns = MovieColumns.Read(header.Split(','), "movies.csv");
        Assert.Equal(missing.Split(','), columns.Missing.Take(missing.Split(',').Length));
        Assert.Equal(header.Contains("original_title", StringComparison.Ordinal), columns.HasOriginalTitlesOnly);
        Assert.Empty(columns.Unknown);
    }

    [Fact]
    public async Task The_original_title_stands_for_a_missing_title()
    {
        var movie = (await CleanedFile.CreateAsync("id,original_title,revenue\n862,Toy Story,5000\n")).Movie;
        Assert.Equal(("Toy Story", "Toy Story"), (movie.Title, movie.OriginalTitle));
    }

    /// <summary>Case and separators in a name do not change the column.</summary>
    [Fact]
    public void Names_are_compared_without_case_blanks_hyphens_and_underscores() =>
        Gen.Select(OneOf(["", " ", "_", "-", " _ "]), Gen.Int[0, 2], OneOf(["", " ", "\u00a0"])).Sample((separator, letterCase, around) =>
        {
            var header = Columns.Select(name => around + string.Join(separator, name.Split('_').Select(SetCase)) + around).ToList();
            var columns = MovieColumns.Read(header, "movies.csv");
            Assert.Equal(MovieColumns.Read(Columns, "movies.csv").FieldIndexes, columns.FieldIndexes);
            Assert.Empty(columns.Unknown);
            Assert.Empty(columns.Missing);

            string SetCase(string word) => letterCase switch { 0 => word, 1 => word.ToUpperInvariant(), _ => char.ToUpperInvariant(word[0]) + word[1..] };
        });

    [Theory]
    [InlineData("Budget (Millions)", "budget", 1_000_000)]
    [InlineData("Budget [USD, millions]", "budget", 1_000_000)]
    [InlineData("revenue_in_thousands", "revenue", 1_000)]
    [InlineData("Revenue ($)", "revenue", 1)]
    [InlineData("Runtime (mins)", "runtime", 1)]
    public void A_unit_belongs_to_the_column(string header, string column, int dollars)
    {
        var columns = MovieColumns.Read(["id", "title", header], "movies.csv");
        var field = MovieField.All.Single(field => field.SourceName == column);
        Assert.Equal((2, dollars), (columns[field], columns.FieldUnits[MovieField.All.IndexOf(field)]));
    }

    [Theory]
    [InlineData("Revenue (Domestic)")]
    [InlineData("Budget (EUR)")]
    [InlineData("Runtime (hours)")]
    [InlineData("budget_adj")]
    [InlineData("cast")]
    public void Another_value_is_not_the_column(string header) =>
        Assert.Equal([header], MovieColumns.Read(["id", "title", "release_date", header], "movies.csv").Unknown);

    [Fact]
    public void A_column_with_a_unit_gives_way_to_the_one_without()
    {
        var columns = MovieColumns.Read(["id", "title", "Budget (Millions)", "budget"], "movies.csv");
        Assert.Equal((3, 1), (columns[MovieField.Budget], columns.FieldUnits[MovieField.All.IndexOf(MovieField.Budget)]));
        Assert.Equal(["Budget (Millions)"], columns.Unknown);
    }

    [Theory]
    [InlineData("movie_id,title,popularity,vote_average,vote_count,budget", true)]
    [InlineData("tmdbId,title,budget", true)]
    [InlineData("movie_id,title,budget", false)]
    [InlineData("movieId,title,popularity,vote_average,vote_count,budget", false)]
    public void A_movie_id_is_TMDBs_only_beside_its_popularity_and_votes(string header, bool isRead)
    {
        if (isRead)
        {
            Assert.Equal(0, MovieColumns.Read(header.Split(','), "movies.csv").Id);
        }
        else
        {
            Assert.Throws<LedgerException>(() => MovieColumns.Read(header.Split(','), "movies.csv"));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("Unnamed: 0")]
    [InlineData(" unnamed: 12")]
    public void A_column_without_a_name_is_ignored(string name) => Assert.Empty(MovieColumns.Read([name, .. Columns, name], "movies.csv").Unknown);

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

    private static Gen<string> OneOf(string[] texts) => Gen.Int[0, texts.Length - 1].Select(index => texts[index]);
}
