using System.Text;
using CineLedger.Model;
using CineLedger.Sources;

namespace CineLedger.SystemTests.Sources;

/// <summary>Several addresses that are one dataset together.</summary>
public sealed class SeveralTests : HttpSourceTests
{
    private static readonly byte[] Part = Encoding.UTF8.GetBytes(Movies);
    private static readonly byte[] OtherPart = Encoding.UTF8.GetBytes(Movies.Replace("862", "863", StringComparison.Ordinal));

    [Fact]
    public async Task Unchanged_addresses_cost_one_request_each_and_are_fetched_where_another_has_changed()
    {
        await using var first = new ScriptedServer(Answers.File(Part, Tag));
        await using var second = new ScriptedServer(Answers.File(OtherPart, Tag), Answers.File(OtherPart, Tag), Answers.File(OtherPart, "\"v2\""));
        string[] addresses = [first.Address, second.Address];
        string? version;
        await using (var dataset = await SourceOpener.OpenIfChangedAsync(addresses, null, Options, Cancel))
        {
            version = dataset!.Version;
            Assert.Equal(2, dataset.PartsOf(dataset.Require(DatasetFiles.Movies)).Count);
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
    public async Task Addresses_are_fetched_side_by_side()
    {
        var both = new Barrier(2);
        ScriptedServer.Answer wait = async (request, connection, cancel) =>
        {
            await Task.Run(() => both.SignalAndWait(cancel), cancel);
            await Answers.File(request.Line.Contains("movies", StringComparison.Ordinal) ? Part : OtherPart, Tag)(request, connection, cancel);
        };
        await using var first = new ScriptedServer(wait);
        await using var second = new ScriptedServer(wait);
        await using var dataset = await SourceOpener.OpenIfChangedAsync([first.Address, second.Address], null, Options, Cancel);
        Assert.NotNull(dataset);
    }

    [Fact]
    public async Task One_that_cannot_be_had_fails_the_whole_and_ends_the_others()
    {
        await using var gone = new ScriptedServer(Answers.Status("404 Not Found"));
        await using var stalled = new ScriptedServer(Answers.Stalled(Part, after: 10));
        var error = await Assert.ThrowsAsync<LedgerException>(() => SourceOpener.OpenIfChangedAsync([stalled.Address, gone.Address], null, Options, Cancel));
        Assert.StartsWith(gone.Address, error.Message, StringComparison.Ordinal);
        Assert.Empty(TemporaryFiles);
    }
}
