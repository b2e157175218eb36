using System.Buffers;
using System.Security.Cryptography;
using CineLedger.Model;

namespace CineLedger.Sources;

/// <summary>A local copy of a file as its supplier published it. Checksums are computed from it, and archives store it.</summary>
/// <param name="address">The address it came from, without credentials.</param>
/// <param name="version">The version that its source states; null if it states none.</param>
/// <param name="path">The local path.</param>
/// <param name="stamp">The stamp of the file when the dataset was opened.</param>
internal sealed class Original(string address, string? version, string path, FileStamp stamp)
{
    private const int BlockLength = 256 * 1024;

    public string Address => address;

    public string? Version => version;

    public string Path => path;

    public long Bytes => stamp.Length;

    /// <summary>The corresponding file of the dataset; null for a zip, which contains several.</summary>
    public DatasetFile? File { get; init; }

    /// <summary>When the file was fetched or, if it is local, opened, UTC.</summary>
    public DateTime FetchedAt { get; init; } = DateTime.UtcNow;

    /// <summary>The source that the ledger records, if <see cref="Address"/> is only that of a copy.</summary>
    public string? Origin { get; init; }

    /// <summary>The expected checksum; null if unknown.</summary>
    public string? ExpectedSha256 { get; init; }

    /// <summary>The checksum, if it is known from the download or has been computed.</summary>
    public string? Sha256 { get; set; }

    /// <summary>Returns the SHA-256 of the whole file in lowercase hexadecimal.</summary>
    /// <exception cref="LedgerException">The file cannot be read, has changed since it was opened, or does not have the expected checksum.</exception>
    public async Task<string> HashAsync(CancellationToken cancellationToken) =>
        Sha256 ??= await CopyAsync(Stream.Null, cancellationToken).ConfigureAwait(false);

    /// <summary>Copies the file to a stream and returns its SHA-256.</summary>
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
            return ExpectedSha256 is null || ExpectedSha256 == sum ? sum : throw new LedgerException(
                $"{path}: damaged: its SHA-256 is {sum}, but it was {ExpectedSha256} when the file was archived. Restore it from a backup, or load another original.");
        }
    }
}
