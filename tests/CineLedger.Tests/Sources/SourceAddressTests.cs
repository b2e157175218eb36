using CineLedger.Model;
using CineLedger.Sources;

namespace CineLedger.Tests.Sources;

public sealed class SourceAddressTests : SourceTestBase
{
    [Theory]
    [InlineData("https://host/data.zip", "https://host/data.zip")]
    [InlineData("https://host:8443/a%20b/data.zip#x", "https://host:8443/a%20b/data.zip")]
    [InlineData("https://user:secret@host/data.zip", "https://host/data.zip")]
    [InlineData("https://user@host/data.zip?X-Amz-Signature=secret&v=1", "https://host/data.zip?…")]
    [InlineData("-", "standard input")]
    [InlineData("data/movies.zip", "data/movies.zip")]
    public void An_address_is_shown_without_what_must_stay_secret(string address, string shown)
    {
        Assert.Equal(shown, SourceAddress.Parse(address).DisplayName);
        Assert.Equal(shown, SourceAddress.Parse(address).ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("ftp://user:secret@host/data.zip")]
    [InlineData("https://user:secret@")]
    [InlineData("http://user:secret@ho st/data.zip")]
    public async Task An_unknown_kind_of_address_is_a_usage_error_that_does_not_echo_it(string address)
    {
        var error = await Assert.ThrowsAsync<UsageException>(() => SourceOpener.OpenAsync(address, cancellationToken: Cancel));
        Assert.Equal(2, error.ExitCode);
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_address_is_a_local_path()
    {
        var path = Write("a b.csv", Movies);
        await using var dataset = await SourceOpener.OpenAsync(new Uri(path).AbsoluteUri, cancellationToken: Cancel);
        Assert.Equal(Movies, await ReadAsync(dataset, DatasetFiles.Movies));
    }
}
