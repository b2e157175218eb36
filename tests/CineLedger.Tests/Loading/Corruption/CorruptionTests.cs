namespace CineLedger.Tests.Loading.Corruption;

public sealed class HeadCorruptionTests(IntactHeadLedger ledger, CorruptionTable table) : CorruptionSuite(ledger, table), IClassFixture<IntactHeadLedger>;

public sealed class SampleCorruptionTests(IntactSampleLedger ledger, CorruptionTable table) : CorruptionSuite(ledger, table), IClassFixture<IntactSampleLedger>;

/// <summary>Tests a few defects on the full zip, in which most amounts and companies are unknown.</summary>
public sealed class FullCorruptionTests(IntactFullLedger ledger) : IClassFixture<IntactFullLedger>
{
    [Theory]
    [InlineData("title emptied")]
    [InlineData("budget and revenue in thousands")]
    [InlineData("budget emptied for a decade")]
    [InlineData("a quote lost in a thousandth of the records")]
    [InlineData("vote_count shifted by one row")]
    public async Task A_defect_over_a_good_ledger_is_stopped_or_repaired(string name)
    {
        ledger.SkipIfMissing();
        var defect = Defects.Get(name);
        var outcome = await ledger.LoadAsync(ledger.Damage(defect), isFirst: false);
        Assert.True(outcome.IsSafe(defect), $"{defect}: {outcome}");
    }
}
