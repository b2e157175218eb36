namespace CineLedger.Tests.Loading.Corruption;

/// <summary>
/// Loads damaged files. Over a good ledger, each defect must be stopped with a message that names the column, or repaired to the same movies. The same holds for a
/// first load of each defect that the file alone shows. Subclasses choose the dataset and the defects.
/// </summary>
public abstract class CorruptionSuite(IntactLedger ledger, CorruptionTable table)
{
    [Fact]
    public async Task The_undamaged_file_changes_nothing()
    {
        ledger.SkipIfMissing();
        var outcome = await ledger.LoadAsync(ledger.Damage(new Defect("none")), isFirst: false);
        Assert.Equal((LoadResult.Same, "nothing changed"), (outcome.Result, outcome.Text));
    }

    private protected async Task CheckAsync(string name)
    {
        ledger.SkipIfMissing();
        var defect = Defects.Get(name);
        var damaged = ledger.Damage(defect);
        var over = await ledger.LoadAsync(damaged, isFirst: false);
        table.Add(defect, ledger.Name, isFirst: false, over);
        var first = defect.IsEvident || CorruptionTable.File is not null ? await ledger.LoadAsync(damaged, isFirst: true) : null;
        if (first is not null)
        {
            table.Add(defect, ledger.Name, isFirst: true, first);
        }

        Assert.True(over.IsSafe(defect), $"{defect}, over a ledger: {over}");
        Assert.True(!defect.IsEvident || first!.IsSafe(defect), $"{defect}, first load: {first}");
    }
}
