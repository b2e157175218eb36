using CineLedger.Model;
using CineLedger.Sources;

namespace CineLedger.Loading;

/// <summary>Computes the checksums of a load's source files in parallel to the load, at gigabytes per second with hardware instructions.</summary>
internal sealed class OriginalChecksums : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop;
    private readonly Task<IReadOnlyList<SnapshotSource>> _work;

    private OriginalChecksums(IReadOnlyList<Original> originals, CancellationToken cancellationToken)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _work = Task.Run(() => HashAsync(originals, _stop.Token), CancellationToken.None);
    }

    /// <param name="dataset">The dataset, which must stay open until this is disposed.</param>
    /// <param name="files">The files that are read.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public static OriginalChecksums Begin(Dataset dataset, IReadOnlyCollection<DatasetFile> files, CancellationToken cancellationToken) =>
        new([.. dataset.Originals.Where(original => original.File is not { } file || files.Any(read => read.Path == file.Path))], cancellationToken);

    /// <summary>Returns the checksums. Throws <see cref="LedgerException"/> when a source file changed while it was read or does not match its expected checksum.</summary>
    public Task<IReadOnlyList<SnapshotSource>> FinishAsync() => _work;

    /// <summary>Cancels unfinished work.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await ((Task)_work).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private static async Task<IReadOnlyList<SnapshotSource>> HashAsync(IReadOnlyList<Original> originals, CancellationToken cancellationToken)
    {
        var sources = new List<SnapshotSource>(originals.Count);
        foreach (var original in originals)
        {
            var sum = await original.HashAsync(cancellationToken).ConfigureAwait(false);
            sources.Add(new SnapshotSource(original.Origin ?? original.Address, original.Version, original.Bytes, sum, original.FetchedAt));
        }

        return sources;
    }
}
