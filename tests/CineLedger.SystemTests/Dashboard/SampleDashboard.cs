using CineLedger.SystemTests.CommandLine;

namespace CineLedger.SystemTests.Dashboard;

/// <summary>A server with a generated dataset that is large enough for pages to have their usual size, and one browser.</summary>
[CollectionDefinition(Name)]
public sealed class SampleCollection : ICollectionFixture<SampleDashboard>
{
    public const string Name = "sample dashboard";
}

public sealed class SampleDashboard : ServedDashboard
{
    /// <summary>The pages, each in its largest form.</summary>
    public static IReadOnlyList<string> Pages { get; } =
    [
        "/", "/?from=2010&to=2010", "/studios", "/companies", "/genres", "/genres/Drama", "/movies", "/explore", "/explore?by=year,genre&measure=releases",
        "/explore?by=genre&measure=revenue,budget&order=revenue:desc", "/quality", "/quality/findings", "/snapshots", "/nothing",
        "/years/2010", "/movies?genre=Drama&from=2010&to=2010&measure=revenue", "/compare?kind=genre&name=Drama&name=Comedy&name=Action", "/help",
        "/?figure=revenue-and-budget",
    ];

    private protected override async Task LoadAsync(Workspace workspace)
    {
        await workspace.RunSuccessfullyAsync("sample", "--movies", "20000", "--seed", "5", "-o", "sample.zip");
        await workspace.RunSuccessfullyAsync("load", "sample.zip");
    }

    /// <summary>Returns the address of the company with the most movies, whose page is the largest.</summary>
    public async Task<string> FindLargestCompanyAsync()
    {
        var found = System.Text.Json.JsonDocument.Parse(await Client.GetStringAsync("/api/v1/companies?order=movies:desc&limit=1", TestContext.Current.CancellationToken));
        return "/companies/" + Uri.EscapeDataString(found.RootElement.GetProperty("data")[0].GetProperty("name").GetString()!);
    }
}
