using System.Buffers;
using System.Security.Cryptography;
using CineLedger.Model;

namespace CineLedger.Sources;

/// <summary>A file as its supplier publishes it, at hand on this machine: what a checksum is taken of, and what an archive keeps.</summary>
/// <param name="address">Where it came from, without credentials.</param>
/// <param name="version">The place's own mark of its version; null where it has none.</param>
/// <param name="path">Where its bytes are.</param>
/// <param name="stamp">What the file was like when the dataset was opened.</param>
internal sealed class Original(string address, string? version, string path, FileStamp stamp)
{
    private const int BlockLength = 256 * 1024;

    public string Address => address;

    public string? Version => version;

    public string Path => path;

    public long Bytes => stamp.Length;

    /// <summary>The one file of the dataset that it is; null for a zip, which holds several.</summary>
    public DatasetFile? File { get; init; }

    /// <summary>When it was opened or had been fetched, UTC.</summary>
    public DateTime FetchedAt { get; init; } = DateTime.UtcNow;

    /// <summary>Where it came from in the first place, where <see cref="Address"/> is a copy of it.</summary>
    public string? Origin { get; init; }

    /// <summary>What its checksum must be; null where nobody has said.</summary>
    public string? Expected { get; init; }

    /// <summary>Known from the download, or once it was asked for.</summary>
    public string? Sha256 { get; set; }

    /// <summary>SHA-256 in lower-case hexadecimal, of the whole file as it was opened.</summary>
    /// <exception cref="LedgerException">It cannot be read, has changed since, or is not what it must be.</exception>
    public async Task<string> HashAsync(CancellationToken cancellationToken) =>
        Sha256 ??= await CopyAsync(Stream.Null, cancellationToken).ConfigureAwait(false);

    /// <summary>Writes it somewhere else; returns its SHA-256.</summary>
    public async Task<string> CopyAsync(Stream target, CancellationToken cancellationToken)
    {
        var source = FileStamp.Open(path, address, stamp);
        await using (source.ConfigureAwait(false))
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var block = ArrayPool<byte>.Shared.Rent(BlockLength);
            try
            {
                while (await source.ReadAsync(block, cancellationToken).ConfigureAwait(false) is > 0 and var read)
                {
                    hash.AppendData(block, 0, read);
                    await target.WriteAsync(block.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                }
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(block);
            }

            if (FileStamp.Create(source.SafeFileHandle) != stamp)
            {
                throw FileStamp.CreateChangedException(address);
            }

            var sum = Convert.ToHexStringLower(hash.GetHashAndReset());
            return Expected is null || Expected == sum ? sum : throw new LedgerException(
                $"{path}: damaged: its SHA-256 is {sum}, not {Expected} as when it was archived. Restore it from a backup, or load another original.");
        }
    }
}
