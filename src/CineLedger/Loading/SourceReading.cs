using CineLedger.Sources;

namespace CineLedger.Loading;

/// <summary>A source that lies on this machine, opened and begun to be read while the ledger is still being opened. Dispose it after the load.</summary>
public sealed class SourceReading : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop;
    private readonly Task<LoadReading> _opening;
    private bool _disposed;

    private SourceReading(IReadOnlyList<string> sources, LoadOptions options, SourceOptions fetching, CancellationToken cancellationToken)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _opening = Task.Run(() => OpenAsync(sources, options, fetching, _stop.Token), CancellationToken.None);
    }

    /// <summary>
    /// Begins to read. Null where that has to wait for the ledger: it knows whether a remote source has changed, and what can be read but once is
    /// not touched before it is sure that it can be stored.
    /// </summary>
    public static SourceReading? Begin(IReadOnlyList<string> sources, LoadOptions options, SourceOptions fetching, CancellationToken cancellationToken)
    {
        options.Check();
        return sources.All(source => SourceAddress.Parse(source).Path is { } path && LiesHere(path))
            ? new SourceReading(sources, options, fetching, cancellationToken)
            : null;
    }

    /// <summary>What is being read; throws what opening it has failed of.</summary>
    internal Task<LoadReading> OpenedAsync() => _opening;

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        await _stop.CancelAsync().ConfigureAwait(false);
        await ((Task)_opening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_opening.IsCompletedSuccessfully)
        {
            var reading = await _opening.ConfigureAwait(false);
            await reading.DisposeAsync().ConfigureAwait(false);
            await reading.Dataset.DisposeAsync().ConfigureAwait(false);
        }

        _stop.Dispose();
    }

    /// <summary>A pipe has a name too, and often a link to it (<c>/dev/fd/63</c>), but no length.</summary>
    private static bool LiesHere(string path)
    {
        if (Directory.Exists(path))
        {
            return true;
        }

        try
        {
            var file = new FileInfo(path);
            return (file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true)) is FileInfo { Exists: true, Length: > 0 };
        }
        catch (IOException)
        {
            // Links in a circle: whoever opens it says so.
            return false;
        }
    }

    private static async Task<LoadReading> OpenAsync(
        IReadOnlyList<string> sources, LoadOptions options, SourceOptions fetching, CancellationToken cancellationToken) =>
        new((await SourceOpener.OpenIfChangedAsync(sources, null, fetching, cancellationToken).ConfigureAwait(false))!, options, cancellationToken);
}
