using CineLedger.Model;
using CineLedger.Sources;

namespace CineLedger.Tests.Sources;

public sealed class S3LocationTests
{
    [Theory]
    [InlineData("s3://films/movies.zip", "films", "movies.zip", false)]
    [InlineData("S3://films/a/b%20c?d#e.zip", "films", "a/b%20c?d#e.zip", false)]
    [InlineData("s3://my_films/a/movies-*.csv", "my_films", "a/movies-*.csv", true)]
    [InlineData("s3://films/a/", "films", "a/", true)]
    [InlineData("s3://films", "films", "", true)]
    public void An_address_is_a_bucket_and_a_key_as_it_is(string address, string bucket, string key, bool isMany)
    {
        var place = SourceAddress.Parse(address);
        Assert.Equal(new S3Location(bucket, key), place.S3);
        Assert.Equal((isMany, true, $"s3://{bucket}/{key}"), (place.S3!.IsMany, place.IsRemote, place.Shown));
    }

    [Theory]
    [InlineData("s3:///movies.zip")]
    [InlineData("s3://user:s3cret@films/movies.zip")]
    [InlineData("s3://films/*/movies.zip")]
    public void What_is_no_such_address_is_wrong_usage_and_repeats_no_password(string address) =>
        Assert.DoesNotContain("s3cret", Assert.Throws<UsageException>(() => SourceAddress.Parse(address)).Message, StringComparison.Ordinal);
}
