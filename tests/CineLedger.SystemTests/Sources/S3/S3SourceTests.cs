using CineLedger.Model;
using CineLedger.Sources;

namespace CineLedger.SystemTests.Sources.S3;

public sealed class S3SourceTests : HttpSourceTests
{
    private const string Place = "s3://movies/monthly/movies.zip";
    private const int Cut = 150_000;

    [Fact]
    public async Task Checking_an_unchanged_object_takes_one_request()
    {
        await using var server = NewServer();
        var version = await ReadAsync(server, Place);
        Assert.Null(await SourceOpener.OpenIfChangedAsync(Place, version, At(server), Cancel));
        Assert.Equal(["GET /movies/monthly/movies.zip", $"GET /movies/monthly/movies.zip If-None-Match: {S3Server.ComputeETag(Zip)}"], server.Requests);
        Assert.Empty(TemporaryFiles);
    }

    [Fact]
    public async Task A_changed_object_is_downloaded_by_the_conditional_request()
    {
        await using var server = NewServer();
        var version = await ReadAsync(server, Place);
        server.Objects["monthly/movies.zip"] = OtherZip;
        await using var dataset = await SourceOpener.OpenIfChangedAsync(Place, version, At(server), Cancel);
        Assert.StartsWith(S3Server.ComputeETag(OtherZip), dataset!.Version, StringComparison.Ordinal);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task An_interrupted_download_resumes_if_the_object_is_unchanged()
    {
        await using var server = NewServer();
        server.Faults.Enqueue(server.CutAfter("monthly/movies.zip", Cut));
        await ReadAsync(server, Place);
        Assert.Equal($"GET /movies/monthly/movies.zip If-Match: {S3Server.ComputeETag(Zip)} Range: bytes={Cut}-", server.Requests[1]);
        Assert.Equal(Zip, _last);
    }

    [Fact]
    public async Task An_object_that_changes_during_the_download_is_downloaded_again_from_its_start()
    {
        await using var server = NewServer();
        var cut = server.CutAfter("monthly/movies.zip", Cut);
        server.Faults.Enqueue(async context =>
        {
            await cut(context);
            server.Objects["monthly/movies.zip"] = OtherZip;
        });
        await ReadAsync(server, Place);
        Assert.Equal(3, server.Requests.Count);
        Assert.Equal(OtherZip, _last);
    }

    [Fact]
    public async Task A_request_to_a_busy_server_is_retried()
    {
        await using var server = NewServer();
        server.Faults.Enqueue(S3Server.Error(503, "SlowDown"));
        await ReadAsync(server, Place);
        Assert.Equal(2, server.Requests.Count);
    }

    [Theory]
    [InlineData("s3://movies/none.zip", "the bucket has no object with this key", "case-sensitive")]
    [InlineData("s3://cinema/movies.zip", "there is no bucket cinema", "Check the address")]
    [InlineData("s3://movies/none-*.csv", "no object of the dataset found", "Check the key")]
    [InlineData("s3://movies/page.zip", "this is a web page", "Open the address")]
    public async Task A_missing_object_gives_a_one_line_error_after_one_request(string place, params string[] words)
    {
        await using var server = NewServer();
        server.Objects["page.zip"] = "<html>Please log in</html>"u8.ToArray();
        AssertSays(await ErrorAsync(server, place), [place, .. words]);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task An_access_denied_error_names_the_principal()
    {
        await using var server = new S3Server { IsPublic = false };
        AssertSays(await ErrorAsync(server, Place), Place, "access denied (request sent without credentials)", "s3:GetObject");
        AssertSays(await ErrorAsync(server, "s3://movies/monthly/"), "access denied", "s3:ListBucket");
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_redirect_to_another_region_gives_an_error_that_names_the_region()
    {
        await using var server = NewServer();
        server.Faults.Enqueue(context =>
        {
            context.Response.Headers["x-amz-bucket-region"] = "eu-west-1";
            return S3Server.Error(400, "AuthorizationHeaderMalformed")(context);
        });
        AssertSays(await ErrorAsync(server, Place), "another region, eu-west-1", "--s3-region");
    }

    [Fact]
    public async Task Objects_that_match_a_pattern_form_one_dataset_and_take_one_request_when_unchanged()
    {
        await using var server = new S3Server { PageLength = 1 };
        foreach (var year in (int[])[2015, 2016])
        {
            server.Objects[$"movies-{year}.csv"] = System.Text.Encoding.UTF8.GetBytes(Movies);
        }

        server.Objects["movies-old/movies-2014.csv"] = server.Objects["links.csv"] = "x"u8.ToArray();
        await using var dataset = await SourceOpener.OpenAsync("s3://movies/movies-*.csv", At(server), Cancel);
        Assert.Equal(["movies-2015.csv", "movies-2016.csv"], dataset.GetParts(dataset.GetRequired(DatasetFiles.Movies)).Select(part => part.Name));
        Assert.Equal(4, server.Requests.Count);

        await using var whole = new S3Server();
        whole.Objects["movies-2015.csv"] = whole.Objects["movies-2016.csv"] = server.Objects["movies-2015.csv"];
        Assert.Null(await SourceOpener.OpenIfChangedAsync("s3://movies/movies-*.csv", dataset.Version, At(whole), Cancel));
        Assert.StartsWith("GET /movies/?list-type=2", Assert.Single(whole.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_S3_folder_contributes_the_files_with_dataset_names()
    {
        await using var server = new S3Server();
        server.Objects["dataset/movies_metadata.csv"] = System.Text.Encoding.UTF8.GetBytes(Movies);
        server.Objects["dataset/ratings_small.csv"] = "userId,movieId,rating,timestamp\n"u8.ToArray();
        server.Objects["dataset/poster.jpg"] = [1];
        await using var dataset = await SourceOpener.OpenAsync("s3://movies/dataset/", At(server), Cancel);
        Assert.Equal([DatasetFiles.Movies, DatasetFiles.RatingsSmall], dataset.Files.Select(file => file.Name));
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task An_object_that_changes_after_it_was_listed_is_refused()
    {
        await using var server = new S3Server();
        server.Objects["movies-1.csv"] = System.Text.Encoding.UTF8.GetBytes(Movies);
        server.Faults.Enqueue(null);
        server.Faults.Enqueue(S3Server.Error(412, "PreconditionFailed"));
        AssertSays(await ErrorAsync(server, "s3://movies/movies-*.csv"), "s3://movies/movies-1.csv", "changed on the server during the download", "Try again later");
        Assert.Equal(2, server.Requests.Count);
    }

    private byte[]? _last;

    private static S3Server NewServer()
    {
        var server = new S3Server();
        server.Objects["monthly/movies.zip"] = Zip;
        return server;
    }

    private static void AssertSays(string message, params string[] words) =>
        Assert.All(words, word => Assert.Contains(word, message, StringComparison.Ordinal));

    private SourceOptions At(S3Server server) => Options with { S3 = new S3Options { Endpoint = server.Endpoint, IsAnonymous = true } };

    private async Task<string?> ReadAsync(S3Server server, string place)
    {
        await using var dataset = await SourceOpener.OpenAsync(place, At(server), Cancel);
        Assert.Equal(Movies, await ReadMoviesAsync(dataset));
        _last = await File.ReadAllBytesAsync(Assert.Single(TemporaryFiles), Cancel);
        return dataset.Version;
    }

    private async Task<string> ErrorAsync(S3Server server, string place)
    {
        var error = await Assert.ThrowsAsync<LedgerException>(() => SourceOpener.OpenAsync(place, At(server), Cancel));
        Assert.DoesNotContain('\n', error.Message);
        Assert.Empty(TemporaryFiles);
        return error.Message;
    }
}
