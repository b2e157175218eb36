using CineLedger.SystemTests.CommandLine;

namespace CineLedger.SystemTests.Commands;

public sealed class SearchCommandTests(SearchedWorkspace searched) : IClassFixture<SearchedWorkspace>
{
    private readonly Workspace _workspace = searched.Workspace;

    [Fact]
    public async Task Movies_are_found_by_title_the_best_matches_first()
    {
        Assert.Equal(["Star", "A Star Is Born", "Star Wars", "Starting Over", "Mustard"], await FirstCellsAsync("movies", "star"));
        Assert.Equal(["Star Wars"], await FirstCellsAsync("movies", "WARS", "star"));
        Assert.Equal(["Amélie"], await FirstCellsAsync("movies", "amelie"));
        Assert.Equal(["Amélie"], await FirstCellsAsync("movies", "AMÉLIE"));
        Assert.Equal(["Amélie"], await FirstCellsAsync("movies", "fabuleux destin"));
        Assert.Equal(["Star", "A Star Is Born"], await FirstCellsAsync("movies", "star", "--limit", "2"));
        var movie = await _workspace.RunSuccessfullyAsync("movies", "wars", "--format", "csv");
        Assert.Equal(["movie_id,title,original_title,year,budget,revenue,vote_average,vote_count,studio,genre", "11,Star Wars,,1977,11000000,775398007,8,6778,Lucasfilm,\"Action, Adventure\""], movie.OutputLines);
    }

    [Fact]
    public async Task Movies_are_selected_by_the_conditions_of_reports_and_queries()
    {
        Assert.Equal(["Star Wars", "Amélie"], await FirstCellsAsync("movies", "--where", "revenue>=100M", "--order", "revenue:desc"));
        Assert.Equal(["Amélie"], await FirstCellsAsync("movies", "--from", "2000", "--where", "revenue is known"));
        Assert.Equal(["Star Wars"], await FirstCellsAsync("movies", "--company", "Lucasfilm"));
        Assert.Equal(["Star Wars"], await FirstCellsAsync("movies", "--genre", "Action", "star"));
        var count = await _workspace.RunSuccessfullyAsync("query", "--measure", "releases", "--where", "genre=Drama", "--format", "csv");
        Assert.Equal(count.OutputLines[1], $"{(await FirstCellsAsync("movies", "--where", "genre=Drama")).Length}");
    }

    [Fact]
    public async Task Companies_studios_and_people_are_found_by_name()
    {
        var companies = await _workspace.RunSuccessfullyAsync("companies", "LUCAS", "--format", "csv");
        Assert.Equal(["name,movies,first_year,last_year,revenue,studio", "Lucasfilm,1,1977,1977,775398007,Lucasfilm"], companies.OutputLines);
        Assert.Equal(companies.Output, (await _workspace.RunSuccessfullyAsync("companies", "list", "lucas", "--format", "csv")).Output);
        Assert.Equal(["Victoires Productions", "Lucasfilm"], await FirstCellsAsync("companies"));
        var studios = await _workspace.RunSuccessfullyAsync("studios", "lucas", "--format", "csv");
        Assert.Equal(["name,companies,movies,first_year,last_year,revenue", "Lucasfilm,1,1,1977,1977,775398007"], studios.OutputLines);
        var people = await _workspace.RunSuccessfullyAsync("people", "george", "--format", "csv");
        Assert.Equal(["name,movies,first_year,last_year,roles,person_id", "George Lucas,1,1977,1977,\"Actor 1, Director 1\",1"], people.OutputLines);
    }

    [Theory]
    [InlineData("movies amelei", "no movie matches 'amelei'. Did you mean 'Amélie'?")]
    [InlineData("companies lucasflm", "no company matches 'lucasflm'. Did you mean 'Lucasfilm'?")]
    [InlineData("studios lucasflim", "no studio matches 'lucasflim'. Did you mean 'Lucasfilm'?")]
    [InlineData("people gorge lucas", "no person matches 'gorge lucas'. Did you mean 'George Lucas'?")]
    public async Task A_misspelled_text_gets_suggestions(string command, string message) =>
        Assert.Contains(message, Workspace.OneLine(await _workspace.RunAsync(command.Split(' ')), 2), StringComparison.Ordinal);

    [Fact]
    public async Task A_narrow_terminal_shows_a_block_for_each_movie()
    {
        var movies = await _workspace.RunAsync(["movies", "star wars"], null, new Dictionary<string, string> { ["COLUMNS"] = "60" });
        Assert.Equal(0, movies.ExitCode);
        Assert.StartsWith("─ 1 ─", movies.Output, StringComparison.Ordinal);
        Assert.Contains("\nrevenue         775,398,007\n", movies.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_terminal_gets_a_hint_above_200_rows()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "script of util-linux is not installed");
        var many = await _workspace.RunShellAsync("script -qec 'cineledger sql \"SELECT * FROM range(201)\"' /dev/null");
        Assert.Contains("hint: 201 rows; narrow the result", many.Output, StringComparison.Ordinal);
        var few = await _workspace.RunShellAsync("script -qec 'cineledger sql \"SELECT * FROM range(200)\"' /dev/null");
        Assert.Contains("200 rows.", few.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("hint:", few.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("hint:", (await _workspace.RunSuccessfullyAsync("sql", "SELECT * FROM range(201)")).Error, StringComparison.Ordinal);
    }

    /// <summary>Returns the names or titles of a result.</summary>
    private async Task<string[]> FirstCellsAsync(params string[] arguments)
    {
        var result = await _workspace.RunSuccessfullyAsync([.. arguments, "--format", "csv"]);
        var at = Array.FindIndex(result.OutputLines[0].Split(','), column => column is "name" or "title");
        return [.. result.OutputLines[1..].Select(line => line.Split(',')[at])];
    }
}

/// <summary>A workspace whose ledger has a few movies with names that are easily confused.</summary>
public sealed class SearchedWorkspace : IAsyncLifetime
{
    public Workspace Workspace { get; } = new();

    public async ValueTask InitializeAsync()
    {
        const string Drama = "\"[{'id': 18, 'name': 'Drama'}]\"";
        var zip = Datasets.Zip(
            ("movies_metadata.csv", "id,title,original_title,release_date,budget,revenue,vote_average,vote_count,genres,production_companies\n"
                + "11,Star Wars,Star Wars,1977-05-25,11000000,775398007,8.0,6778,\"[{'id': 28, 'name': 'Action'}, {'id': 12, 'name': 'Adventure'}]\",\"[{'name': 'Lucasfilm', 'id': 1}]\"\n"
                + $"194,Amélie,Le Fabuleux Destin d'Amélie Poulain,2001-04-25,10000000,173921954,7.8,3403,{Drama},\"[{{'name': 'Victoires Productions', 'id': 2}}]\"\n"
                + $"20,A Star Is Born,A Star Is Born,1954-09-29,0,0,7.0,9000,{Drama},\"[{{'name': 'Victoires Productions', 'id': 2}}]\"\n"
                + $"21,Star,Star,1995-01-01,0,0,5.0,3,{Drama},[]\n22,Mustard,Mustard,1996-01-01,0,0,5.0,9999,{Drama},[]\n23,Starting Over,Starting Over,1979-10-05,0,0,6.0,40,{Drama},[]\n"),
            ("credits.csv", "cast,crew,id\n\"[{'id': 1, 'name': 'George Lucas', 'character': 'Himself', 'order': 0, 'credit_id': 'a'}]\","
                + "\"[{'id': 1, 'name': 'George Lucas', 'job': 'Director', 'department': 'Directing', 'credit_id': 'b'}]\",11\n"));
        Workspace.Write("dataset.zip", zip);
        Workspace.Write("studios.csv", "studio,company,from,to,source\nLucasfilm,Lucasfilm,,,https://movies.example/lucasfilm\n");
        await Workspace.RunSuccessfullyAsync("load", "dataset.zip", "--studios", "studios.csv", "--accept", Workspace.AnyContent);
    }

    public ValueTask DisposeAsync()
    {
        Workspace.Dispose();
        return ValueTask.CompletedTask;
    }
}
