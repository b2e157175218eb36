using System.Diagnostics.Metrics;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Storage;

namespace CineLedger.Web.Watching;

/// <summary>How many findings each rule made in the newest snapshot's load: read once a snapshot, when somebody first asks.</summary>
internal sealed class FindingCounts(LedgerPool pool)
{
    private readonly Lock _reading = new();
    private Snapshot? _snapshot;
    private Task<Measurement<long>[]> _counts = Task.FromResult<Measurement<long>[]>([]);

    /// <summary>Waits until the counts of the newest snapshot are read; without them, where the store does not answer.</summary>
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

    /// <summary>What is known; a collector may not be kept waiting, and finds the counts of a new snapshot the next time.</summary>
    public IEnumerable<Measurement<long>> Measure() => Current() is { IsCompletedSuccessfully: true } counts ? counts.Result : [];

    private Task<Measurement<long>[]> Current()
    {
        var newest = pool.Newest;
        lock (_reading)
        {
            if (newest is not null && (!ReferenceEquals(newest, _snapshot) || _counts.IsFaulted))
            {
                _snapshot = newest;
                _counts = Task.Run(() => CountAsync(newest));
            }

            return _counts;
        }
    }

    private async Task<Measurement<long>[]> CountAsync(Snapshot snapshot)
    {
        await using var reader = await pool.RentAsync(snapshot.Id, CancellationToken.None);
        var counts = await FindingList.CountAsync(reader.Connection, snapshot.Id, CancellationToken.None);
        return [.. counts.Select(count => new Measurement<long>(
            count.Findings, new KeyValuePair<string, object?>("kind", count.Kind), new KeyValuePair<string, object?>("rule", count.Rule)))];
    }
}
