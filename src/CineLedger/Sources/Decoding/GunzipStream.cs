using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using CineLedger.Files;
using CineLedger.Model;

namespace CineLedger.Sources.Decoding;

/// <summary>
/// The content of a gzip file. <see cref="GZipStream"/> verifies the checksum, but accepts a truncated file as complete. This stream also requires the length at
/// the end of the file to be that of the content.
/// </summary>
internal sealed class GunzipStream : ReadOnlyStream
{
    private const int TrailerLength = 8;

    private readonly string _displayName;
    private readonly long _maxBytes;
    private readonly PackedStream _packed;
    private readonly GZipStream _content;
    private long _bytes;

    /// <param name="packed">The file, which is disposed with this stream.</param>
    /// <param name="displayName">The file's name, for messages.</param>
    /// <param name="maxBytes">The largest allowed length of the content.</param>
    public GunzipStream(Stream packed, string displayName, long maxBytes)
    {
        (_displayName, _maxBytes, _packed) = (displayName, maxBytes, new PackedStream(packed));
        _content = new GZipStream(_packed, CompressionMode.Decompress);
    }

    /// <summary>Returns whether a file is compressed with gzip, by its first bytes.</summary>
    public static bool IsGzip(ReadOnlySpan<byte> head) => head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B, 8]);

    /// <summary>Decompresses as much as the first bytes of a file contain.</summary>
    public static byte[] DecompressHead(ReadOnlyMemory<byte> head, int maxLength)
    {
        var content = new byte[maxLength];
        var length = 0;
        try
        {
            using var stream = new GZipStream(new MemoryStream(head.ToArray(), writable: false), CompressionMode.Decompress);
            for (int read; length < maxLength && (read = stream.Read(content, length, maxLength - length)) > 0;)
            {
                length += read;
            }
        }
        catch (InvalidDataException)
        {
            // Reading the whole file reports the damage.
        }

        return content[..length];
    }

    public override int Read(Span<byte> buffer)
    {
        try
        {
            return Check(_content.Read(buffer), buffer.Length);
        }
        catch (InvalidDataException e)
        {
            throw CreateDamagedException(e);
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return Check(await _content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false), buffer.Length);
        }
        catch (InvalidDataException e)
        {
            throw CreateDamagedException(e);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _content.Dispose();
            _packed.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Check(int read, int requested)
    {
        _bytes += read;
        if (_bytes > _maxBytes)
        {
            throw SourceLimits.CreateTooLargeException(_displayName, _maxBytes, "unpacked, ");
        }

        SourceLimits.CheckExpansion(_displayName, _bytes, _packed.Bytes);
        if (read == 0 && requested > 0 && _packed.GetStatedLength() != (uint)_bytes)
        {
            throw CreateDamagedException(null);
        }

        return read;
    }

    private LedgerException CreateDamagedException(Exception? inner) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"{_displayName}: this gzip file is cut off or damaged after {_bytes:N0} bytes of its content, or contains several files. "
            + $"Copy or download it again, or decompress it first (gunzip)."), inner);

    /// <summary>The compressed file. Remembers its last bytes, which state the length of the content.</summary>
    private sealed class PackedStream(Stream inner) : ReadOnlyStream
    {
        private readonly byte[] _end = new byte[TrailerLength];

        /// <summary>The number of bytes read.</summary>
        public long Bytes { get; private set; }

        public uint GetStatedLength() => BinaryPrimitives.ReadUInt32LittleEndian(_end.AsSpan(4));

        public override int Read(Span<byte> buffer)
        {
            var read = inner.Read(buffer);
            Remember(buffer[..read]);
            return read;
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            Remember(buffer.Span[..read]);
            return read;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }

        private void Remember(ReadOnlySpan<byte> block)
        {
            Bytes += block.Length;
            if (block.Length >= _end.Length)
            {
                block[^_end.Length..].CopyTo(_end);
                return;
            }

            _end.AsSpan(block.Length).CopyTo(_end);
            block.CopyTo(_end.AsSpan(_end.Length - block.Length));
        }
    }
}
