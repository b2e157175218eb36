using System.Diagnostics.Metrics;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Storage;

namespace CineLedger.Web.Observability;

/// <summary>
/// Measures the newest snapshot: the findings of its load by rule, and the share of movies with known amounts. The values are read once per snapshot,
/// when they are first collected.
/// </summary>
internal sealed class SnapshotGauges(LedgerPool pool)
{
    private static readonly GaugeValues Empty = new([], []);

    private readonly Lock _readLock = new();
    private Snapshot? _snapshot;
    private Task<GaugeValues> _values = Task.FromResult(Empty);

    /// <summary>Waits until the values of the newest snapshot are read. Does not throw when the store is unavailable.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ReadCurrentAsync().WaitAsync(cancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // The other metrics must still be exported, because they matter most then. The next collection tries again.
        }
    }

    /// <summary>Returns the values read so far. A collector must not wait: it gets the values of a new snapshot the next time.</summary>
    public IEnumerable<Measurement<long>> MeasureFindings() => Latest.Findings;

    /// <summary>Returns shares of all movies from 0 to 1; nothing for an empty ledger.</summary>
    public IEnumerable<Measurement<double>> MeasureCoverage() => Latest.Coverage;

    private GaugeValues Latest => ReadCurrentAsync() is { IsCompletedSuccessfully: true } gauges ? gauges.Result : Empty;

    private Task<GaugeValues> ReadCurrentAsync()
    {
        var newest = pool.Newest;
        lock (_readLock)
        {
            if (newest is not null && (!ReferenceEquals(newest, _snapshot) || _values.IsFaulted))
            {
                _snapshot = newest;
                _values = Task.Run(() => ReadAsync(newest));
            }

            return _values;
        }
    }

    private async Task<GaugeValues> ReadAsync(Snapshot snapshot)
    {
        await using var reader = await pool.RentAsync(snapshot.Id, CancellationToken.None);
        var findings = await FindingList.CountAsync(reader.Connection, snapshot.Id, CancellationToken.None);
        var known = await AmountCoverage.ReadAsync(reader.Connection, snapshot.Id, CancellationToken.None);
        return new GaugeValues(
            [.. findings.Select(count => new Measurement<long>(
                count.Findings, new KeyValuePair<string, object?>("kind", count.Kind), new KeyValuePair<string, object?>("rule", count.Rule)))],
            known.Movies == 0 ? [] : [CreateShare("budget", known.Budgets, known.Movies), CreateShare("revenue", known.Revenues, known.Movies)]);
    }

    private static Measurement<double> CreateShare(string amount, long known, long movies) =>
        new((double)known / movies, new KeyValuePair<string, object?>("amount", amount));

    private sealed record GaugeValues(Measurement<long>[] Findings, Measurement<double>[] Coverage);
}
