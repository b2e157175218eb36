using CineLedger.Model;

namespace CineLedger.Sources;

/// <summary>A copy of a stream in a temporary file, which can be opened as a dataset any number of times. The file is deleted on dispose.</summary>
public sealed class SourceCopy : IAsyncDisposable
{
    private readonly TemporaryFile _file;

    private SourceCopy(TemporaryFile file, string name) => (_file, Name) = (file, name);

    /// <summary>The name of the source, for messages and for the ledger.</summary>
    public string Name { get; }

    public required long Bytes { get; init; }

    /// <summary>Copies a stream to a temporary file, within the size limit.</summary>
    /// <param name="content">The stream.</param>
    /// <param name="name">The name of the source.</param>
    /// <param name="length">The length that the sender announces; null if unknown.</param>
    /// <param name="options">The temporary folder and the limits.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="SourceTooLargeException">The stream exceeds the size limit.</exception>
    /// <exception cref="LedgerException">Its beginning shows that it cannot be part of a dataset, or the file cannot be written.</exception>
    public static async Task<SourceCopy> CreateAsync(Stream content, string name, long? length, SourceOptions options, CancellationToken cancellationToken)
    {
        SourceLimits.CheckLength(name, length ?? 0, options);
        var file = await StandardInput.SpoolAsync(content, name, options, cancellationToken).ConfigureAwait(false);
        return new(file, name) { Bytes = new FileInfo(file.Path).Length };
    }

    /// <summary>Opens the copy like <see cref="SourceOpener.OpenAsync"/>. The copy must be kept until the dataset is disposed.</summary>
    public Task<Dataset> OpenAsync(SourceOptions options, CancellationToken cancellationToken) => SourceOpener.OpenCopyAsync(_file, Name, options, cancellationToken);

    public ValueTask DisposeAsync() => _file.DisposeAsync();
}
