using CineLedger.Model;
using CineLedger.Sources;

namespace CineLedger.Loading;

/// <summary>The checksums of what a load reads, taken beside it: a processor that has the instructions for it does gigabytes a second.</summary>
internal sealed class OriginalChecksums : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop;
    private readonly Task<IReadOnlyList<SnapshotSource>> _work;

    private OriginalChecksums(IReadOnlyList<Original> originals, CancellationToken cancellationToken)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _work = Task.Run(() => HashAsync(originals, _stop.Token), CancellationToken.None);
    }

    /// <param name="dataset">Open, and to stay so until this is disposed.</param>
    /// <param name="files">The files of it that are read.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static OriginalChecksums Begin(Dataset dataset, IReadOnlyCollection<DatasetFile> files, CancellationToken cancellationToken) =>
        new([.. dataset.Originals.Where(original => original.File is not { } file || files.Any(read => read.Path == file.Path))], cancellationToken);

    /// <summary>Throws <see cref="LedgerException"/> where an original has changed while it was read, or is not what it must be.</summary>
    public Task<IReadOnlyList<SnapshotSource>> FinishAsync() => _work;

    /// <summary>Stops what nobody waits for any more.</summary>
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
