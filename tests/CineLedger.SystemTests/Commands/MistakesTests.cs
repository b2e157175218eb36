using System.Globalization;
using CineLedger.SystemTests.CommandLine;

namespace CineLedger.SystemTests.Commands;

/// <summary>
/// Runs the command with the mistakes that people make in names, values, years and formats. None of them gives a plausible wrong answer: the command
/// either reports how it read the name, or exits with code 2 and suggests a correction.
/// </summary>
public sealed class MistakesTests(MistakesTests.NamedLedger named) : IClassFixture<MistakesTests.NamedLedger>
{
    // Bars separate the arguments.
    [Theory]
    [InlineData("query|--measure|releases|--where|company=Pixar", 3, "note: company: 'Pixar' was read as 'Pixar Animation Studios'.")]
    [InlineData("query|--measure|releases|--where|company!=Pixar", 28, "note: company: 'Pixar' was read as 'Pixar Animation Studios'.")]
    [InlineData("query|--measure|releases|--where|company=pixar animation studios", 3, null)]
    [InlineData("query|--measure|releases|--where|company=\"=MGM\"", 1, null)]
    [InlineData("query|--measure|releases|--where|genre=drama", 16, null)]
    [InlineData("query|--measure|releases|--where|genre=Sci-Fi", 15, "note: genre: 'Sci-Fi' was read as 'Science Fiction'.")]
    [InlineData("query|--measure|releases|--where|country=USA", 16, null)]
    [InlineData("query|--measure|releases|--where|language=French", 15, null)]
    [InlineData("query|--measure|releases|--where|month_of_year=December", 15, null)]
    [InlineData("query|--measure|releases|--where|year=1995-1999", 31, null)]
    [InlineData("query|--measure|releases|--where|year=1995..1999", 31, null)]
    [InlineData("query|--measure|releases|--where|revenue>100 million", 15, null)]
    [InlineData("query|--measure|Releases|--where|Genre=DRAMA|--format|CSV", 16, null)]
    public async Task What_is_meant_is_found_and_reported(string arguments, int movies, string? note)
    {
        string[] format = arguments.Contains("--format", StringComparison.Ordinal) ? [] : ["--format", "csv"];
        var result = await named.Workspace.RunSuccessfullyAsync([.. arguments.Split('|'), .. format]);
        Assert.Equal(["releases", movies.ToString(CultureInfo.InvariantCulture)], result.OutputLines);
        Assert.Equal(note ?? "", result.Error.TrimEnd());
    }

    [Theory]
    [InlineData("report|companies|--company|MGM", "--company: 'MGM' could be the studio 'MGM' (13 movies; --studio MGM) or 'Metro-Goldwyn-Mayer (MGM)' (12 movies). "
        + "For exactly the company 'MGM', which has 1 movie, write --company '=MGM'.")]
    [InlineData("report|companies|--company|Disney", "--company: 'Disney' could be the studio 'Disney' (14 movies; --studio Disney) or 'Walt Disney Pictures' (13 movies).")]
    [InlineData("report|companies|--company|Walt Disney", "--company: 'Walt Disney' could be the studio 'Disney' (14 movies; --studio Disney) or 'Walt Disney Pictures' (13 movies).")]
    [InlineData("report|companies|--company|Pixr", "--company: there is no company 'Pixr'. Did you mean 'Pixar Animation Studios' (3 movies)?")]
    [InlineData("report|companies|--company|Walt", "--company: 'Walt' could be 'Walt Disney Pictures' (13 movies) or 'Walt Disney' (1 movie). Write the name in full.")]
    [InlineData("report|genres|--genre|Dramma", "--genre: there is no genre 'Dramma'. Did you mean 'Drama' (16 movies)?")]
    [InlineData("query|--measure|releases|--where|genre!=Dramma", "--where: there is no genre 'Dramma'.")]
    [InlineData("query|--measure|releases|--where|country=Atlantis", "--where: there is no country 'Atlantis'. Use one of France, United States of America.")]
    [InlineData("query|--measure|releases|--where|genre==Drama", "--where: 'genre==Drama' has two equals signs; write genre=Drama.")]
    [InlineData("chart|companies|--company|Disney|--company|Walt Disney Pictures|-o|x.png", "--company: 'Disney' could be the studio 'Disney'")]
    [InlineData("chart|companies|--company|Walt Disney Pictures|--company|Warner|-o|x.png", "--company: there is no company 'Warner'.")]
    [InlineData("report|companies|--from|95", "--from: 95 is not a valid year; use a year from 1870, such as 1995.")]
    [InlineData("report|companies|--from|2030", "--from: the ledger has no movies of years from 2030; it has movies of 1995 to 1999.")]
    [InlineData("report|companies|--from|2020|--to|1990", "--from 2020 must not be after --to 1990.")]
    [InlineData("query|--measure|releases|--where|year=95", "--where: '95' is not a valid year; use a year from 1870, such as 1995, or a range such as 1995..1999.")]
    [InlineData("query|--measure|releases|--where|month=December", "--where: 'December' is not a valid month; use a month such as 2015-07, or month_of_year=July for July of every year.")]
    [InlineData("report|companies|--format|exel", "--format: 'exel' is not one of table, csv, csv-safe, json, ndjson, md, parquet, arrow, xlsx; did you mean xlsx?")]
    [InlineData("report|companies|--output|x.exl", "--output: unknown file extension '.exl';")]
    [InlineData("report|companies|--output|x.pdf", "--output: unknown file extension '.pdf'; choose a format with --format")]
    [InlineData("report|companies|--order|proft:desc", "--order: this query has no column 'proft'; did you mean profit?")]
    [InlineData("query|--by|yaer|--measure|releases", "--by: there is no dimension 'yaer'; did you mean year?")]
    [InlineData("report|companies|--aggregate|medan", "--aggregate: 'medan' is not one of sum, avg, median, min, max; did you mean median?")]
    public async Task What_is_unclear_is_refused_with_a_suggestion(string arguments, string message)
    {
        var result = await named.Workspace.RunAsync(arguments.Split('|'));
        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith($"cineledger: {message}", result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.TrimEnd().Split('\n'));
        Assert.Empty(result.Output);
        Assert.False(File.Exists(named.Workspace.GetPath("x.png")));
    }

    /// <summary>A file's extension selects its format in any letter case.</summary>
    [Fact]
    public async Task Extensions_may_be_in_capital_letters()
    {
        await named.Workspace.RunSuccessfullyAsync("report", "genres", "--output", "Genres.CSV");
        Assert.StartsWith("year,genre,", await File.ReadAllTextAsync(named.Workspace.GetPath("Genres.CSV"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    /// <summary>Below a table, and in the file, a reader finds how the name was read.</summary>
    [Fact]
    public async Task Formats_with_notes_have_the_note()
    {
        const string Note = "Company: 'Pixar' was read as 'Pixar Animation Studios'.";
        Assert.Contains(Note, (await named.Workspace.RunSuccessfullyAsync("report", "companies", "--company", "Pixar")).Output, StringComparison.Ordinal);
        Assert.Contains(Note, (await named.Workspace.RunSuccessfullyAsync("report", "companies", "--company", "Pixar", "--format", "json")).Output, StringComparison.Ordinal);
    }

    /// <summary>A ledger with the names of known companies, of which some are short for others.</summary>
    public sealed class NamedLedger : IAsyncLifetime
    {
        private static readonly (string Company, int Movies)[] Companies =
            [("Metro-Goldwyn-Mayer (MGM)", 12), ("MGM", 1), ("Walt Disney Pictures", 13), ("Walt Disney", 1), ("Disney", 1), ("Pixar Animation Studios", 3)];

        public Workspace Workspace { get; } = new();

        public async ValueTask InitializeAsync()
        {
            var id = 0;
            var rows = Companies.SelectMany(company => Enumerable.Range(0, company.Movies).Select(_ => CreateRow(++id, company.Company)));
            Workspace.Write(
                "movies.csv",
                "id,title,release_date,budget,revenue,genres,production_companies,production_countries,original_language\n" + string.Join('\n', rows) + "\n");
            Workspace.Write("studios.csv", "studio,company,from,to,source\nMGM,Metro-Goldwyn-Mayer (MGM),,,unsourced\nDisney,Walt Disney Pictures,,,unsourced\n");
            await Workspace.RunSuccessfullyAsync("load", "movies.csv", "--studios", "studios.csv", "--accept", Workspace.AnyContent);
        }

        public ValueTask DisposeAsync()
        {
            Workspace.Dispose();
            return ValueTask.CompletedTask;
        }

        private static string CreateRow(int id, string company)
        {
            var (genre, country, language) = id % 2 == 1 ? ("Drama", "'US', 'name': 'United States of America'", "en") : ("Science Fiction", "'FR', 'name': 'France'", "fr");
            var (month, revenue) = id % 2 == 1 ? (6, 50_000_000 + id) : (12, 150_000_000 + id);
            return FormattableString.Invariant(
                $"{id},Movie {id},{1995 + (id % 5)}-{month:00}-01,{1_000_000 + id},{revenue},\"[{{'id': {id % 2}, 'name': '{genre}'}}]\",")
                + FormattableString.Invariant($"\"[{{'id': {company.Length}, 'name': '{company}'}}]\",\"[{{'iso_3166_1': {country}}}]\",{language}");
        }
    }
}
