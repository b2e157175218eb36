using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using CineLedger.Web.Errors;

namespace CineLedger.Web.Pushes;

/// <summary>
/// The decompressed body of a push. Computes its hash, enforces its size limit, and checks the text against the gzip trailer, because .NET's own reader
/// accepts a truncated file.
/// </summary>
internal sealed class PushBodyStream(Stream inner, long max) : Stream
{
    private const int HeadLength = 64 * 1024;

    private readonly XxHash128 _hash = new();
    private readonly ArrayBufferWriter<byte> _head = new();
    private readonly Crc32 _checksum = new();
    private TailStream? _compressed;
    private long _read;

    public string Hash => Convert.ToHexStringLower(_hash.GetCurrentHash());

    /// <summary>The first bytes of what has been read so far, by which a body of another kind is recognized.</summary>
    public ReadOnlyMemory<byte> Head => _head.WrittenMemory;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => _read; set => throw new NotSupportedException(); }

    /// <summary>Opens a gzipped body.</summary>
    public static PushBodyStream Decompress(Stream body, long max)
    {
        var tail = new TailStream(body);
        return new PushBodyStream(new GZipStream(tail, CompressionMode.Decompress, leaveOpen: true), max) { _compressed = tail };
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        if (read == 0 && _compressed is not null && _compressed.GzipTrailer != (_checksum.GetCurrentHashAsUInt32(), (uint)_read))
        {
            throw new InvalidDataException("the gzipped text is incomplete");
        }

        _hash.Append(buffer.Span[..read]);
        _head.Write(buffer.Span[..Math.Min(read, HeadLength - _head.WrittenCount)]);
        if (_compressed is not null)
        {
            _checksum.Append(buffer.Span[..read]);
        }

        _read += read;
        return _read <= max
            ? read
            : throw Problems.TooLarge($"the body is larger than {max >> 20} MB after decompression; send it in parts, or load it as a file (POST /api/v1/loads).");
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && _compressed is not null)
        {
            // This stream owns the decompression stream but not the body of the request.
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>Keeps the last eight bytes: the gzip trailer with checksum and length of the text (RFC 1952).</summary>
    private sealed class TailStream(Stream inner) : Stream
    {
        private readonly byte[] _tail = new byte[8];

        public (uint Checksum, uint Length) GzipTrailer =>
            (BinaryPrimitives.ReadUInt32LittleEndian(_tail), BinaryPrimitives.ReadUInt32LittleEndian(_tail.AsSpan(4)));

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await inner.ReadAsync(buffer, cancellationToken);
            var bytes = buffer.Span[..read];
            if (read >= _tail.Length)
            {
                bytes[^_tail.Length..].CopyTo(_tail);
            }
            else
            {
                _tail.AsSpan(read).CopyTo(_tail);
                bytes.CopyTo(_tail.AsSpan(_tail.Length - read));
            }

            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
