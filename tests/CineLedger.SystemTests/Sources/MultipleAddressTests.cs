using System.Text;
using CineLedger.Model;
using CineLedger.Sources;

namespace CineLedger.SystemTests.Sources;

/// <summary>Several addresses that together are one dataset.</summary>
public sealed class MultipleAddressTests : HttpSourceTests
{
    private static readonly byte[] Part = Encoding.UTF8.GetBytes(Movies);
    private static readonly byte[] OtherPart = Encoding.UTF8.GetBytes(Movies.Replace("862", "863", StringComparison.Ordinal));

    [Fact]
    public async Task Unchanged_addresses_take_one_request_each_and_are_downloaded_if_another_has_changed()
    {
        await using var first = new ScriptedServer(ScriptedResponses.File(Part, Tag));
        await using var second = new ScriptedServer(ScriptedResponses.File(OtherPart, Tag), ScriptedResponses.File(OtherPart, Tag), ScriptedResponses.File(OtherPart, "\"v2\""));
        string[] addresses = [first.Address, second.Address];
        string? version;
        await using (var dataset = await SourceOpener.OpenIfChangedAsync(addresses, null, Options, Cancel))
        {
            version = dataset!.Version;
            Assert.Equal(2, dataset.GetParts(dataset.GetRequired(DatasetFiles.Movies)).Count);
        }

        Assert.Null(await SourceOpener.OpenIfChangedAsync(addresses, version, Options, Cancel));
        Assert.All([first, second], server => Assert.Equal(2, server.Requests.Count));
        await using (var changed = await SourceOpener.OpenIfChangedAsync(addresses, version, Options, Cancel))
        {
            Assert.NotEqual(version, changed!.Version);
        }

        Assert.Equal((4, 3), (first.Requests.Count, second.Requests.Count));
        Assert.DoesNotContain("If-None-Match", first.Requests[3].Headers.Keys);
        Assert.Empty(TemporaryFiles);
    }

    [Fact]
    public async Task Addresses_are_fetched_concurrently()
    {
        var both = new Barrier(2);
        ScriptedServer.ScriptedResponse wait = async (request, connection, cancel) =>
        {
            await Task.Run(() => both.SignalAndWait(cancel), cancel);
            await ScriptedResponses.File(request.Line.Contains("movies", StringComparison.Ordinal) ? Part : OtherPart, Tag)(request, connection, cancel);
        };
        await using var first = new ScriptedServer(wait);
        await using var second = new ScriptedServer(wait);
        await using var dataset = await SourceOpener.OpenIfChangedAsync([first.Address, second.Address], null, Options, Cancel);
        Assert.NotNull(dataset);
    }

    [Fact]
    public async Task One_failed_download_fails_and_cancels_all()
    {
        await using var removed = new ScriptedServer(ScriptedResponses.Status("404 Not Found"));
        await using var stalled = new ScriptedServer(ScriptedResponses.Stalled(Part, after: 10));
        var error = await Assert.ThrowsAsync<LedgerException>(() => SourceOpener.OpenIfChangedAsync([stalled.Address, removed.Address], null, Options, Cancel));
        Assert.StartsWith(removed.Address, error.Message, StringComparison.Ordinal);
        Assert.Empty(TemporaryFiles);
    }
}
