using System.Security.Cryptography;
using CineLedger.Model;
using Microsoft.Extensions.Logging;

namespace CineLedger.Sources;

/// <summary>
/// A file for what cannot be read twice. Only its owner may read it, and it is deleted on dispose: whoever creates one
/// disposes it, or hands it to the dataset that is made of it.
/// </summary>
internal sealed class TemporaryFile : IAsyncDisposable
{
    private readonly FileStream _file;
    private readonly ILogger _logger;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <exception cref="LedgerException">The folder is not there or may not be written to.</exception>
    public TemporaryFile(SourceOptions options)
    {
        _logger = options.Logger;
        Path = System.IO.Path.Combine(options.TemporaryFolder, "cineledger-" + System.IO.Path.GetRandomFileName());
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

    /// <summary>SHA-256 of what was written, in lower-case hexadecimal; good after <see cref="CloseAsync"/>.</summary>
    public string Sha256 { get; private set; } = "";

    public ValueTask AppendAsync(ReadOnlyMemory<byte> block, CancellationToken cancellationToken)
    {
        _hash.AppendData(block.Span);
        return WriteAsync(_file, block, Path, cancellationToken);
    }

    /// <summary>Forgets what has been written.</summary>
    public void Clear()
    {
        _file.Position = 0;
        _file.SetLength(0);
        _hash.GetHashAndReset();
    }

    /// <summary>Closes the file for writing; from here on it can be read under its <see cref="Path"/>.</summary>
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
        catch (IOException e)
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
            // Not worth failing for: the dataset itself is safe by now.
            _logger.TemporaryFileNotDeleted(Path, e);
        }
    }

    private static LedgerException CreateWriteException(string path, Exception e) =>
        new($"{path}: the temporary copy cannot be written. {e.Message.TrimEnd('.')}. " +
            "Free some space, or set TMPDIR to a folder that has room for the whole dataset.", e);
}
