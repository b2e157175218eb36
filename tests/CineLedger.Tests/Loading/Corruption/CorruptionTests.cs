using CineLedger.Model;

namespace CineLedger.Tests.Loading.Corruption;

public sealed class HeadCorruptionTests(IntactHeadLedger ledger, CorruptionTable table) : CorruptionSuite(ledger, table), IClassFixture<IntactHeadLedger>
{
    public static TheoryData<string> Chosen => [.. Defects.Choose(0)];

    [Theory]
    [MemberData(nameof(Chosen))]
    public Task A_defect_is_stopped_or_repaired(string name) => CheckAsync(name);
}

public sealed class SampleCorruptionTests(IntactSampleLedger ledger, CorruptionTable table) : CorruptionSuite(ledger, table), IClassFixture<IntactSampleLedger>
{
    private readonly IntactLedger _ledger = ledger;

    public static TheoryData<string> Chosen => [.. Defects.Choose(1)];

    [Theory]
    [MemberData(nameof(Chosen))]
    public Task A_defect_is_stopped_or_repaired(string name) => CheckAsync(name);

    [Theory]
    [InlineData("title emptied")]
    [InlineData("budget and revenue in thousands")]
    [InlineData("budgets negative")]
    [InlineData("a third of the movies missing")]
    [InlineData("all movies repeated under new ids")]
    [InlineData("half of the text lost in a tenth of the records")]
    public async Task A_load_is_published_when_every_gate_that_stops_it_is_accepted_and_not_before(string name)
    {
        var damaged = _ledger.Damage(Defects.Get(name));
        var accepted = new HashSet<string>();
        var outcome = await _ledger.LoadAsync(damaged, isFirst: false);
        for (; outcome.Result == LoadResult.Stopped; outcome = await _ledger.LoadAsync(damaged, isFirst: false, accepted))
        {
            // A gate on records fires before the gates on columns, which see only the kept records.
            Assert.All(outcome.Gates, fired => Assert.DoesNotContain(fired.Gate, accepted));
            accepted.UnionWith(outcome.Gates.Select(fired => fired.Gate));
        }

        Assert.Equal(LoadResult.Damaged, outcome.Result);
        Assert.NotEmpty(accepted);
        foreach (var gate in accepted)
        {
            var others = await _ledger.LoadAsync(damaged, isFirst: false, QualityGates.AllNames.Where(other => other != gate));
            Assert.Equal([gate], others.Gates.Select(fired => fired.Gate).Distinct());
        }
    }
}

/// <summary>Tests a few defects on the full zip, in which most amounts and companies are unknown.</summary>
public sealed class FullCorruptionTests(IntactFullLedger ledger) : IClassFixture<IntactFullLedger>
{
    [Theory]
    [InlineData("title emptied")]
    [InlineData("budget emptied for a decade")]
    [InlineData("a quote lost in a thousandth of the records")]
    public async Task A_defect_over_a_good_ledger_is_stopped(string name)
    {
        ledger.SkipIfMissing();
        var defect = Defects.Get(name);
        var outcome = await ledger.LoadAsync(ledger.Damage(defect), isFirst: false);
        Assert.True(outcome.IsSafe(defect), $"{defect}: {outcome}");
    }
}
