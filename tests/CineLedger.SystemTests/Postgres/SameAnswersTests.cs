using CineLedger.Export;
using CineLedger.Loading;
using CineLedger.Reports;
using CineLedger.Sources;
using CineLedger.Storage;
using CineLedger.SystemTests.CommandLine;
using CineLedger.Tests.RealData;

namespace CineLedger.SystemTests.Postgres;

/// <summary>Reports as CSV are the same bytes from every engine.</summary>
public sealed class SameAnswersTests(SharedServer server, Datasets datasets) : IDisposable
{
    private readonly Desk _desk = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_report_option_and_snapshot_answers_alike_on_generated_films() => await CompareAsync([datasets.Films, datasets.Clean, datasets.Large]);

    [Fact]
    public async Task Every_report_option_and_snapshot_answers_alike_on_the_real_films()
    {
        RealData.SkipIfMissing("the-movies-dataset.zip");
        await CompareAsync([RealData.Find("the-movies-dataset.zip")!]);
    }

    public void Dispose() => _desk.Dispose();

    private async Task CompareAsync(string[] sources)
    {
        await using var file = await LedgerStore.OpenAsync(_desk.Store, wait: false, Cancel);
        await using var database = await LedgerStore.OpenAsync(await server.CreateDatabaseAsync(), wait: false, Cancel);
        for (var snapshot = 1; snapshot <= sources.Length; snapshot++)
        {
            foreach (var ledger in (Ledger[])[file, database])
            {
                await using var dataset = await SourceOpener.OpenAsync(sources[snapshot - 1]);
                Assert.Equal(snapshot, (await Loader.LoadAsync(ledger, dataset, new() { AllowShrink = true }, null, Cancel)).Snapshot.Id);
            }
        }

        for (var snapshot = 1; snapshot <= sources.Length; snapshot++)
        {
            foreach (var request in Requests())
            {
                var (expected, actual) = (await CsvAsync(file, request, snapshot), await CsvAsync(database, request, snapshot));
                Assert.True(expected.AsSpan().SequenceEqual(actual), $"{request} of snapshot {snapshot}");
                Assert.NotEmpty(actual);
                Assert.Equal(await CoverageAsync(file, request, snapshot), await CoverageAsync(database, request, snapshot));
            }
        }
    }

    private static IEnumerable<ReportRequest> Requests() =>
        from report in Enum.GetValues<ReportName>()
        from request in (ReportRequest[])
        [
            new() { Report = report },
            .. Enum.GetValues<Aggregate>().Select(aggregate => new ReportRequest { Report = report, Aggregate = aggregate, Share = Share.Equal }),
            .. Enum.GetValues<Popularity>().Select(popularity => new ReportRequest { Report = report, Popularity = popularity, From = 1950, To = 2015 }),
            new() { Report = report, Genres = ["Drama", "Comedy"], Order = "releases", Descending = true, Limit = 100 },
        ]
        select request;

    private static async Task<byte[]> CsvAsync(Ledger ledger, ReportRequest request, int snapshot)
    {
        var asOf = await SnapshotRows.FindAsync(ledger.Connection, snapshot, Cancel);
        await using var result = await ReportRunner.OpenAsync(ledger.Connection, request, asOf, Cancel);
        using var output = new MemoryStream();
        await using var writer = new CsvWriter(output);
        await writer.WriteAllAsync(result.Columns, result.Rows, new ResultInfo(asOf, null), Cancel);
        return output.ToArray();
    }

    private static async Task<Coverage> CoverageAsync(Ledger ledger, ReportRequest request, int snapshot) => await ReportRunner.ReadCoverageAsync(
        ledger.Connection, request, await SnapshotRows.FindAsync(ledger.Connection, snapshot, Cancel), Cancel);
}
