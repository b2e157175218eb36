using System.Diagnostics.Metrics;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Storage;

namespace CineLedger.Web.Observability;

/// <summary>
/// What the newest snapshot is like: how many findings each rule made in its load, and how many of its films have an amount. Read once a
/// snapshot, when somebody first asks.
/// </summary>
internal sealed class SnapshotFigures(LedgerPool pool)
{
    private static readonly Read Nothing = new([], []);

    private readonly Lock _reading = new();
    private Snapshot? _snapshot;
    private Task<Read> _figures = Task.FromResult(Nothing);

    /// <summary>Waits until the newest snapshot's figures are read; without them, where the store does not answer.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Current().WaitAsync(cancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // The other metrics are wanted most just then; the next one who asks tries again.
        }
    }

    /// <summary>What is known; a collector may not be kept waiting, and finds the figures of a new snapshot the next time.</summary>
    public IEnumerable<Measurement<long>> Findings() => Known.Findings;

    /// <summary>Shares from 0 to 1 of all films; none of an empty ledger.</summary>
    public IEnumerable<Measurement<double>> Coverage() => Known.Coverage;

    private Read Known => Current() is { IsCompletedSuccessfully: true } figures ? figures.Result : Nothing;

    private Task<Read> Current()
    {
        var newest = pool.Newest;
        lock (_reading)
        {
            if (newest is not null && (!ReferenceEquals(newest, _snapshot) || _figures.IsFaulted))
            {
                _snapshot = newest;
                _figures = Task.Run(() => ReadAsync(newest));
            }

            return _figures;
        }
    }

    private async Task<Read> ReadAsync(Snapshot snapshot)
    {
        await using var reader = await pool.RentAsync(snapshot.Id, CancellationToken.None);
        var findings = await FindingList.CountAsync(reader.Connection, snapshot.Id, CancellationToken.None);
        var known = await AmountCoverage.ReadAsync(reader.Connection, snapshot.Id, CancellationToken.None);
        return new Read(
            [.. findings.Select(count => new Measurement<long>(
                count.Findings, new KeyValuePair<string, object?>("kind", count.Kind), new KeyValuePair<string, object?>("rule", count.Rule)))],
            known.Movies == 0 ? [] : [Share("budget", known.Budgets, known.Movies), Share("revenue", known.Revenues, known.Movies)]);
    }

    private static Measurement<double> Share(string amount, long known, long movies) => new((double)known / movies, new KeyValuePair<string, object?>("amount", amount));

    private sealed record Read(Measurement<long>[] Findings, Measurement<double>[] Coverage);
}
