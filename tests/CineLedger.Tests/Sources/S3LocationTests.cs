using CineLedger.Model;
using CineLedger.Sources;

namespace CineLedger.Tests.Sources;

public sealed class S3LocationTests
{
    [Theory]
    [InlineData("s3://movies/movies.zip", "movies", "movies.zip", false)]
    [InlineData("S3://movies/a/b%20c?d#e.zip", "movies", "a/b%20c?d#e.zip", false)]
    [InlineData("s3://my_movies/a/movies-*.csv", "my_movies", "a/movies-*.csv", true)]
    [InlineData("s3://movies/a/", "movies", "a/", true)]
    [InlineData("s3://movies", "movies", "", true)]
    public void An_address_is_a_bucket_and_a_key_as_it_is(string address, string bucket, string key, bool isMany)
    {
        var place = SourceAddress.Parse(address);
        Assert.Equal(new S3Location(bucket, key), place.S3);
        Assert.Equal((isMany, true, $"s3://{bucket}/{key}"), (place.S3!.MayContainSeveral, place.IsRemote, place.DisplayName));
    }

    [Theory]
    [InlineData("s3:///movies.zip")]
    [InlineData("s3://user:s3cret@movies/movies.zip")]
    [InlineData("s3://movies/*/movies.zip")]
    public void An_invalid_address_is_a_usage_error_that_hides_the_password(string address) =>
        Assert.DoesNotContain("s3cret", Assert.Throws<UsageException>(() => SourceAddress.Parse(address)).Message, StringComparison.Ordinal);
}
