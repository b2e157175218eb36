using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Storage.Snapshots;
using CineLedger.Tests.Reports;
using CineLedger.Tests.Support;

namespace CineLedger.Tests.Storage;

/// <summary>Comparison of figures between snapshots, which is the same on every engine.</summary>
public abstract partial class LedgerStoreSuite
{
    [Fact]
    public async Task Figures_are_compared_with_those_of_an_older_snapshot_on_every_engine()
    {
        await LoadAsync(Create(1, "2010-01-05", "100", "A", "en"), Create(2, "2010-03-05", "200", "B", "en"), Create(3, "2011-03-05", "300", "C", "en"));
        await LoadAsync(Accept.Anything, Create(1, "2010-01-05", "150", "A", "en"), Create(2, "2010-03-05", "200", "B", "en"), Create(4, "2010-03-05", "70", "D", "fr"));
        var query = QueryText.Read("company", "revenue,releases") with { CompareSnapshot = 1 };
        Assert.Equal(["A|150|100|50|50|1|1|0|0", "B|200|200|0|0|1|1|0|0", "C||300|||0|1|-1|-100", "D|70||||1|0|1|"], await CompareAsync(query));
        Assert.Equal(["2010|420|300|120|40", "2011||300||"], await CompareAsync(QueryText.Read("year", "revenue") with { CompareSnapshot = 1 }));
        Assert.Equal(["420|600|-180|-30"], await CompareAsync(QueryText.Read("", "revenue") with { CompareSnapshot = 1 }));
        Assert.Equal(["A|150|100|50|50"], await CompareAsync(QueryText.Read("company", "revenue", "company=A", "decade=2010s") with { CompareSnapshot = 1 }));
        Assert.Equal(
            "A|150|100|50|50",
            (await CompareAsync(QueryText.Read("company", "revenue") with { CompareSnapshot = 1, Order = [new("revenue_change", IsDescending: true)] }))[0]);
        Assert.Contains("no snapshot 7", (await Assert.ThrowsAsync<UsageException>(() => CompareAsync(query with { CompareSnapshot = 7 }))).Message, StringComparison.Ordinal);

        async Task<List<string>> CompareAsync(CineLedger.Reports.Queries.QueryRequest compared) =>
            await ReadAsync(await ReportRunner.OpenAsync(Connection, compared, await SnapshotRows.FindAsync(Connection, 2, Cancel), Cancel));
    }
}
