using System.Security.Cryptography;
using CineLedger.Files;
using CineLedger.Model;
using Microsoft.Extensions.Logging;

namespace CineLedger.Sources;

/// <summary>
/// A temporary copy of a source that can be read only once. Only its owner may read it, and it is deleted on dispose. The creator must dispose it or pass
/// it to the dataset that reads it.
/// </summary>
internal sealed class TemporaryFile : IAsyncDisposable
{
    private readonly FileStream _file;
    private readonly ILogger _logger;
    private readonly ArrivalInspector _inspector;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <param name="displayName">The address of the source, for messages.</param>
    /// <param name="options">The folder, the size limit and the log.</param>
    /// <exception cref="LedgerException">The folder does not exist or is not writable.</exception>
    public TemporaryFile(string displayName, SourceOptions options)
    {
        _logger = options.Logger;
        _inspector = new ArrivalInspector(displayName, options);
        Path = TemporaryPaths.Create(folder: options.TemporaryFolder);
        var settings = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.Read | FileShare.Delete,
            Options = FileOptions.Asynchronous,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            settings.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            _file = new FileStream(Path, settings);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CreateWriteException(Path, e);
        }
    }

    public string Path { get; }

    public long Length => _file.Position;

    /// <summary>SHA-256 of the content in lowercase hexadecimal; valid after <see cref="CloseAsync"/>.</summary>
    public string Sha256 { get; private set; } = "";

    /// <summary>Checks the final length that the sender announces.</summary>
    /// <exception cref="LedgerException">It exceeds the size limit.</exception>
    public void CheckLength(long bytes) => _inspector.CheckLength(bytes);

    /// <exception cref="LedgerException">The source exceeds the size limit, is not part of a dataset, or cannot be written.</exception>
    public ValueTask AppendAsync(ReadOnlyMemory<byte> block, CancellationToken cancellationToken)
    {
        _inspector.Inspect(block.Span);
        _hash.AppendData(block.Span);
        return WriteAsync(_file, block, Path, cancellationToken);
    }

    /// <summary>Removes the content written so far.</summary>
    public void Clear()
    {
        _file.Position = 0;
        _file.SetLength(0);
        _hash.GetHashAndReset();
        _inspector.Restart();
    }

    /// <summary>Closes the file for writing. Afterwards it can be read at its <see cref="Path"/>.</summary>
    public ValueTask CloseAsync()
    {
        Sha256 = Convert.ToHexStringLower(_hash.GetHashAndReset());
        return _file.DisposeAsync();
    }

    internal static async ValueTask WriteAsync(Stream file, ReadOnlyMemory<byte> block, string path, CancellationToken cancellationToken)
    {
        try
        {
            await file.WriteAsync(block, cancellationToken);
        }
        catch (Exception e) when (e is IOException || FileTarget.IsTooLarge(e))
        {
            throw CreateWriteException(path, e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _file.DisposeAsync();
        _hash.Dispose();
        try
        {
            File.Delete(Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Not a reason to fail, since the dataset has been processed.
            _logger.TemporaryFileNotDeleted(Path, e);
        }
    }

    private static LedgerException CreateWriteException(string path, Exception e) =>
        new($"{path}: the temporary copy cannot be written. {e.Message.TrimEnd('.')}. " +
            "Free some space, or set TMPDIR to a folder with enough space for the whole dataset.", e);
}
