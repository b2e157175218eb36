using CineLedger.Storage.DuckDb;
using CineLedger.Tests.Support;
using CineLedger.Web.Dashboard;

namespace CineLedger.Tests.Web.Dashboard;

/// <summary>Checks that every page labels synthetic data, so that it is not mistaken for real data.</summary>
public sealed class SyntheticTests(SyntheticTests.SampleServer served) : IClassFixture<SyntheticTests.SampleServer>
{
    private const string Label = "<strong>Synthetic sample data.</strong>";

    [Fact]
    public async Task Every_page_of_a_generated_sample_is_labeled_as_such()
    {
        var pages = DashboardPages.All.Select(page => page.Path).Select(Address).ToList();
        Assert.Contains("/quality", pages);
        foreach (var page in pages)
        {
            // The sample has no credits, so that no person has a page.
            Assert.Contains(Label, await served.PageAsync(page, page.StartsWith("/people/", StringComparison.Ordinal) ? 404 : 200), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Movies_that_are_not_invented_are_not_labeled()
    {
        await using var real = new DashboardServer();
        await real.InitializeAsync();
        Assert.DoesNotContain(Label, await real.PageAsync("/"), StringComparison.Ordinal);
    }

    /// <summary>Returns the address of a page, with existing names and ids filled in.</summary>
    private static string Address(string path) => path switch
    {
        "/snapshots/diff" => "/snapshots/diff?a=1&b=1",
        _ => path.Replace("/companies/{name}", "/companies/Meridian", StringComparison.Ordinal)
            .Replace("/studios/{name}", "/studios/Harbour", StringComparison.Ordinal)
            .Replace("/genres/{name}", "/genres/Drama", StringComparison.Ordinal)
            .Replace("/collections/{name}", "/collections/Toy%20Story%20Collection", StringComparison.Ordinal)
            .Replace("{year}", "1995", StringComparison.Ordinal).Replace("{id}", "862", StringComparison.Ordinal),
    };

    public sealed class SampleServer : DashboardServer
    {
        protected override async Task CreateLedgerAsync()
        {
            await using var ledger = await DuckDbLedger.OpenAsync(Store, default);
            var sample = new MemoryDataset(("movies_metadata.csv", System.Text.Encoding.UTF8.GetBytes(MovieFile.Text(DashboardMovies.First)))) { Address = "sample.zip", Synthetic = true };
            await CineLedger.Loading.Loader.LoadAsync(ledger, sample, new() { MaxRejects = 1, AcceptedGates = Accept.Content, Studios = DashboardStudios.Lines }, null, default);
        }
    }
}
