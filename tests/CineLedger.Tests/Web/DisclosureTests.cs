using CineLedger.Model;
using CineLedger.Web.Errors;
using CineLedger.Web.Loads;
using CineLedger.Web.Webhooks;

namespace CineLedger.Tests.Web;

/// <summary>Tests that responses to readers and webhooks do not show how the server is set up.</summary>
public sealed class DisclosureTests
{
    private static readonly LoadRecord Failed = new("0190", LoadTrigger.Request, "movies-1:4242", "/data/in/movies.zip https://inner.example/a/b.csv", DateTime.UnixEpoch)
    {
        State = LoadState.Gated,
        EndedAt = DateTime.UnixEpoch,
        Error = "/data/in/movies.zip: vm is 127.0.0.1",
        Violations = [new(QualityGates.Shrink, null, "the dataset lacks 3 movies")],
    };

    [Theory]
    [InlineData("/data/in/movies.zip", "movies.zip")]
    [InlineData(@"C:\data\movies.zip", "movies.zip")]
    [InlineData("https://inner.example:8080/a/movies.zip?part=1", "movies.zip?part=1")]
    [InlineData("s3://bucket/2024/movies.zip", "movies.zip")]
    [InlineData("/a/movies.csv /b/credits.csv", "movies.csv credits.csv")]
    [InlineData("/data/in/", "in/")]
    [InlineData("standard input", "standard input")]
    [InlineData("/data/movies.zip: cut off (12 bytes). Copy it again.", "movies.zip: cut off (12 bytes). Copy it again.")]
    public void A_source_is_shown_without_folders_and_hosts(string address, string expected) => Assert.Equal(expected, SourceName.RemovePaths(address));

    [Fact]
    public void Readers_see_that_a_load_failed_but_not_where_and_why()
    {
        var view = LoadView.Create(Failed).WithoutDetails();
        Assert.Equal(("movies.zip b.csv", LoadStatus.Gated, (string?)null), (view.Source, view.State, view.Node));
        Assert.DoesNotContain("127.0.0.1", view.Error, StringComparison.Ordinal);
        Assert.Equal(QualityGates.Shrink, view.Violations.Single().Gate);
        Assert.DoesNotContain("lacks", view.Violations.Single().Message, StringComparison.Ordinal);
    }

    public static TheoryData<Exception, string> StoreFailures => new()
    {
        { new LedgerException("postgres://api@10.0.0.7:5432/films cannot be reached", new Npgsql.NpgsqlException()), "/problems/unavailable" },
        { new LedgerException("the ledger /data/films.duckdb cannot be opened"), "/problems/unavailable" },
        { new LedgerBusyException("the ledger /data/films.duckdb is in use by process films-1:4242"), "/problems/busy" },
        { new StaleReplicaException("postgres://api@10.0.0.7:5432/films lags behind"), "/problems/behind" },
    };

    [Theory]
    [MemberData(nameof(StoreFailures))]
    public void A_failure_of_the_store_names_it_only_to_callers_who_may_see_details(Exception failure, string type)
    {
        var hidden = Problems.CreateWithoutDetails(failure);
        var shown = Problems.Create(failure);
        Assert.Equal((type, type, hidden.Status, hidden.RetryAfter), (shown.Type, hidden.Type, shown.Status, shown.RetryAfter));
        Assert.Equal(failure.Message, shown.Detail);
        Assert.DoesNotContain("films", hidden.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("10.0.0.7", hidden.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_wrong_with_a_request_is_said_to_every_caller() =>
        Assert.Equal("from: must be a year.", Problems.CreateWithoutDetails(new UsageException("--from: must be a year.")).Detail);

    [Fact]
    public void Webhooks_name_no_folder_host_or_process()
    {
        var body = System.Text.Encoding.UTF8.GetString(WebhookPayload.Create(Failed).Body);
        Assert.DoesNotContain("/data", body, StringComparison.Ordinal);
        Assert.DoesNotContain("inner.example", body, StringComparison.Ordinal);
        Assert.DoesNotContain("4242", body, StringComparison.Ordinal);
        Assert.Contains("the dataset lacks 3 movies", body, StringComparison.Ordinal);
    }
}
