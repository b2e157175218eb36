using CineLedger.Loading;
using CineLedger.Reports;
using CineLedger.Reports.Explanations;
using CineLedger.Reports.Queries;
using CineLedger.Reports.Search;
using CineLedger.Storage;
using CineLedger.Storage.Operations;
using CineLedger.Tests.Support;
using static CineLedger.Tests.Support.MovieFile;

namespace CineLedger.Tests.Reports;

/// <summary>Tests the explanations of figures, and the names that a search covers, on any engine.</summary>
public abstract class ExplanationSuite
{
    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected abstract Task<Ledger> OpenAsync();

    [Fact]
    public async Task A_figure_is_explained_by_its_distribution_its_changes_and_its_findings()
    {
        await using var ledger = await OpenAsync();
        var first = (await Loader.LoadAsync(ledger, CreateDataset(revenue: "70000000", withFourth: false), Accept.AnyContent, null, Cancel)).Snapshot;
        var second = (await Loader.LoadAsync(ledger, CreateDataset(revenue: "95000000", withFourth: true), Accept.AnyContent, null, Cancel)).Snapshot;
        var drama = MovieList.CreateQuery([.. FilterFields.Parse("genre=Drama")], dollars: null);
        var revenue = Measures.Parse("revenue");
        var values = await ValueQuartiles.ReadAsync(ledger.Connection, drama, revenue, second, Cancel);
        Assert.Equal(new ValueQuartiles(5, 4, 500, 60_000_000), values);
        Assert.Equal(40_000_000, (await ValueQuartiles.ReadAsync(ledger.Connection, drama, Measures.Parse("matched_profit"), second, Cancel))!.Upper);
        Assert.Equal(5, (await ValueQuartiles.ReadAsync(ledger.Connection, drama, Measures.Parse("weighted"), second, Cancel))!.Movies);
        Assert.Null(await ValueQuartiles.ReadAsync(ledger.Connection, drama, Measures.Parse("releases"), second, Cancel));

        var figure = QueryText.Read("genre", "revenue") with { Where = drama.Where };
        Assert.Null(await FigureChange.ReadAsync(ledger.Connection, figure, drama, first, Cancel));
        var change = await FigureChange.ReadAsync(ledger.Connection, figure, drama, second, Cancel);
        Assert.Equal((1, 80_000_500d, 3L), (change!.Previous, change.Before!.Value, change.Count));
        Assert.Equal(
            [
                new(4, "Added", ChangeKind.Added, null, 60_000_000), new(1, "Changed", ChangeKind.Changed, 70_000_000, 95_000_000),
                new ChangedMovie(5, "No longer a drama", ChangeKind.Removed, 0, null) with { Before = null },
            ],
            change.Movies);
        var counts = await FigureChange.ReadAsync(ledger.Connection, QueryText.Read("genre", "releases") with { Where = drama.Where }, drama, second, Cancel);
        Assert.Equal(5, counts!.Before);
        Assert.Equal([4, 5], counts.Movies.Select(movie => movie.MovieId));

        var findings = await SelectionFindings.ReadAsync(ledger.Connection, drama, second, Cancel);
        Assert.Equal(
            ["flag suspicious-amount revenue 1: 3"],
            findings.Select(finding => $"{finding.Kind} {finding.Rule} {finding.Field} {finding.Movies}: {string.Join(',', finding.Examples.Select(movie => movie.MovieId))}"));
        foreach (var kind in SearchKind.All)
        {
            var index = await kind.ReadIndexAsync(ledger.Connection, second, Cancel);
            string?[] expected = kind.Name switch
            {
                "movie" => ["Added", "Changed", "Small", "No longer a drama", "Unknown", "Other"],
                "genre" => ["Drama", "Comedy"],
                "collection" => ["Trilogy Collection"],
                "person" => ["Zoë Director"],
                _ => [],
            };
            Assert.Equal(expected.Order(), Enumerable.Range(0, index.Count).Select(index.Get).Select(name => name.Name).Order());
        }
    }

    private static MemoryDataset CreateDataset(string revenue, bool withFourth) => RelatedFiles.Create(
        ("movies_metadata.csv", Text(
        [
            Movie(1, "Changed", "Drama", ("revenue", revenue), ("belongs_to_collection", "{'id': 1, 'name': 'Trilogy Collection'}")),
            Movie(2, "Other", "Drama", ("revenue", "10000000"), ("budget", "4000000")),
            Movie(3, "Small", "Drama", ("revenue", "500")),
            .. withFourth ? [Movie(4, "Added", "Drama", ("revenue", "60000000"), ("budget", "20000000"))] : Array.Empty<MovieRow>(),
            Movie(5, "No longer a drama", withFourth ? "Comedy" : "Drama"),
            Movie(6, "Unknown", "Drama"),
        ])),
        (
            "credits.csv",
            "cast,crew,id\n\"[]\",\"[{'credit_id': 'a', 'department': 'Directing', 'gender': 0, 'id': 7, 'job': 'Director', 'name': 'Zoë Director', "
                + "'profile_path': None}]\",2\n"));

    private static MovieRow Movie(int id, string title, string genre, params (string, string)[] others) =>
        Bare(id, [("title", title), ("release_date", "2000-03-01"), ("genres", $"[{{'id': {genre.Length}, 'name': '{genre}'}}]"), .. others]);
}
