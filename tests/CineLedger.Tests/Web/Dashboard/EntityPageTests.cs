using System.Net;
using CineLedger.Loading;
using CineLedger.Storage.DuckDb;
using CineLedger.Tests.Support;

namespace CineLedger.Tests.Web.Dashboard;

/// <summary>Tests the pages of people and collections, and what the pages of all names have in common.</summary>
public sealed class EntityPageTests(CreditServer served) : IClassFixture<CreditServer>
{
    [Fact]
    public async Task A_director_has_amounts_genres_and_movies_and_the_page_says_how_few_credits_are_known()
    {
        var page = WebUtility.HtmlDecode(await served.PageAsync("/people/John%20Lasseter"));
        Assert.Contains("<h1><bdi>John Lasseter</bdi></h1>", page, StringComparison.Ordinal);
        Assert.Contains("Director of 2 movies in the ledger.", page, StringComparison.Ordinal);

        // The page of a movie leads to the people whose movies are counted.
        var movie = await served.PageAsync("/movies/862");
        Assert.Contains("href=\"/people/John%20Lasseter?role=director\"", movie, StringComparison.Ordinal);
        Assert.Contains("href=\"/people/Tim%20Allen?role=actor\"", movie, StringComparison.Ordinal);
        Assert.Contains("The director is known for only 2 of 32 movies (6.2 %).", page, StringComparison.Ordinal);
        Assert.Equal(373_554_033, StudiosPageTests.Value(StudiosPageTests.Chart(page, "director-amounts"), "Revenue", 1995));
        Assert.Contains("/movies?where=director%3D%22John%20Lasseter%22&genre=Animation&from=1999&to=1999", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_with_two_roles_has_a_choice()
    {
        var page = WebUtility.HtmlDecode(await served.PageAsync("/people/Tim%20Allen"));
        Assert.Contains("href=\"/people/Tim%20Allen?role=director\" aria-current=\"true\">director (1 movie)</a>", page, StringComparison.Ordinal);
        var actor = WebUtility.HtmlDecode(await served.PageAsync("/people/Tim%20Allen?role=actor"));
        Assert.Contains("Only the first three billed actors of a movie count.", actor, StringComparison.Ordinal);
        Assert.Contains("<bdi>Toy Story</bdi>", actor, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_with_other_jobs_has_a_page_of_credits()
    {
        Assert.Contains("href=\"/people/Joss%20Whedon\"", await served.PageAsync("/movies/862"), StringComparison.Ordinal);
        var page = WebUtility.HtmlDecode(await served.PageAsync("/people/Joss%20Whedon"));
        Assert.Contains("Figures by year are only for directors and the first three billed actors of a movie.", page, StringComparison.Ordinal);
        Assert.Contains("Screenplay", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/movies/862\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("TMDB ID", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Compare with other", page, StringComparison.Ordinal);
        Assert.Contains("<h1><bdi>Joss Whedon</bdi></h1>", WebUtility.HtmlDecode(await served.PageAsync("/people/Joss%20Whedon?from=1990&to=1991")), StringComparison.Ordinal);

        var actor = WebUtility.HtmlDecode(await served.PageAsync("/people/Tim%20Allen?role=actor"));
        Assert.Contains("Actor: Buzz", actor, StringComparison.Ordinal);
    }

    [Fact]
    public async Task People_with_the_same_name_differ_in_their_IDs()
    {
        var page = WebUtility.HtmlDecode(await served.PageAsync("/people/Pat%20Twice"));
        Assert.Contains("2 people have this name", page, StringComparison.Ordinal);
        Assert.Contains("TMDB ID", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_collection_lists_its_movies_in_order_of_release()
    {
        var page = WebUtility.HtmlDecode(await served.PageAsync("/collections/Toy%20Story%20Collection"));
        Assert.Contains("2 movies in the ledger.", page, StringComparison.Ordinal);
        var (first, second) = (page.IndexOf("<bdi>Toy Story</bdi>", StringComparison.Ordinal), page.IndexOf("<bdi>Toy Story 2</bdi>", StringComparison.Ordinal));
        Assert.True(first >= 0 && first < second);
        Assert.Contains("<data value=\"870920902\"", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/people/Nobody", "Person not found")]
    [InlineData("/collections/Toy%20Story", "Toy Story Collection")]
    public async Task An_unknown_name_is_not_found(string address, string says) =>
        Assert.Contains(says, await served.PageAsync(address, 404), StringComparison.Ordinal);

    [Theory]
    [InlineData("/people/John%20Lasseter")]
    [InlineData("/collections/Toy%20Story%20Collection")]
    [InlineData("/companies/Pixar%20Animation%20Studios")]
    [InlineData("/genres/Animation")]
    public async Task The_year_strip_has_the_years_of_the_name_only(string address)
    {
        Assert.Contains("data-first=\"1995\" data-last=\"1999\"", await served.PageAsync(address), StringComparison.Ordinal);
        Assert.Contains("data-first=\"1960\" data-last=\"1999\"", await served.PageAsync("/movies"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task People_are_compared_in_a_role_that_they_share() => Assert.Contains(
        "/compare?kind=director&amp;name=John%20Lasseter&amp;name=Tim%20Allen&amp;from=1999", await served.PageAsync("/search?q=lasseter+vs+tim+allen+since+1999"), StringComparison.Ordinal);
}

/// <summary>A server with two movies whose credits are known, and thirty others.</summary>
public sealed class CreditServer : DashboardServer
{
    private const string Credits =
        """
        cast,crew,id
        "[{'character': 'Buzz', 'id': 12898, 'name': 'Tim Allen', 'order': 0}]","[{'department': 'Directing', 'id': 7879, 'job': 'Director', 'name': 'John Lasseter'}, {'department': 'Writing', 'id': 12891, 'job': 'Screenplay', 'name': 'Joss Whedon'}, {'department': 'Writing', 'id': 5, 'job': 'Story', 'name': 'Pat Twice'}]",862
        [],"[{'department': 'Sound', 'id': 6, 'name': 'Pat Twice'}, {'department': 'Directing', 'id': 7879, 'job': 'Director', 'name': 'John Lasseter'}, {'department': 'Directing', 'id': 12898, 'job': 'Director', 'name': 'Tim Allen'}]",863

        """;

    protected override async Task CreateLedgerAsync()
    {
        MovieRow[] movies =
        [
            MovieFile.Full(862),
            MovieFile.Full(863, ("title", "Toy Story 2"), ("release_date", "1999-10-30"), ("revenue", "497366869"), ("imdb_id", "tt0120363")),
            .. Enumerable.Range(1, 30).Select(id => MovieFile.Bare(id, ("release_date", "1960-01-01"))),
        ];
        await using var ledger = await DuckDbLedger.OpenAsync(Store, default);
        await Loader.LoadAsync(
            ledger,
            RelatedFiles.Create(("movies_metadata.csv", MovieFile.Text(movies)), ("credits.csv", Credits)),
            new LoadOptions { MaxRejects = 1, AcceptedGates = Accept.Content },
            null,
            default);
    }
}
