using System.Net.Http.Headers;
using CineLedger.Sources;
using CineLedger.Sources.Http;
using CsCheck;

namespace CineLedger.Tests.Sources;

public sealed class VersionTests : SourceTestBase
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_file_or_folder_keeps_its_version_until_it_changes(bool asFolder)
    {
        var file = Write("movies_metadata.csv", Movies);
        var address = asFolder ? Folder : file;
        await using var first = await SourceOpener.OpenAsync(address, cancellationToken: Cancel);
        Assert.NotNull(first.Version);
        Assert.Null(await SourceOpener.OpenIfChangedAsync(address, first.Version, cancellationToken: Cancel));

        File.SetLastWriteTimeUtc(file, File.GetLastWriteTimeUtc(file).AddSeconds(1));
        await using var touched = await SourceOpener.OpenIfChangedAsync(address, first.Version, cancellationToken: Cancel);
        Assert.NotNull(touched);

        File.AppendAllText(file, "x");
        File.SetLastWriteTimeUtc(file, File.GetLastWriteTimeUtc(file).AddSeconds(2));
        await using var grown = await SourceOpener.OpenIfChangedAsync(address, touched.Version, cancellationToken: Cancel);
        Assert.NotNull(grown);
        Assert.Equal(3, new HashSet<string?> { first.Version, touched.Version, grown.Version }.Count);
    }

    [Fact]
    public void A_servers_version_round_trips_through_its_text_form() =>
        Gen.Select(
                Gen.String[Gen.Char["abcXYZ0189|-_/+.:"], 0, 20], Gen.Bool, Gen.Bool,
                Gen.Long[0, 4_000_000_000], Gen.Bool)
            .Sample((tag, weak, hasTag, unixTime, hasDate) =>
            {
                var seconds = DateTimeOffset.FromUnixTimeSeconds(unixTime);
                var version = new HttpVersion(hasTag ? new EntityTagHeaderValue($"\"{tag}\"", weak) : null, hasDate ? seconds : null);
                Assert.Equal(hasTag || hasDate ? version : null, HttpVersion.Parse(version.ToText()));
            }, iter: 500);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("|")]
    [InlineData("1234-20240501T100000.0000000Z")]
    [InlineData("no quotes|")]
    [InlineData("\"a\"|yesterday")]
    public void A_stored_version_of_another_kind_of_source_is_ignored(string? text) => Assert.Null(HttpVersion.Parse(text));
}
