using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using CineLedger.Web.Errors;

namespace CineLedger.Web.Pushes;

/// <summary>
/// The text of a body: counted, fingerprinted, and ended where it becomes too much. What was packed is compared with what the packer says of
/// it: .NET's own reader takes a file that breaks off for one that ends there.
/// </summary>
internal sealed class PushBodyStream(Stream inner, long max) : Stream
{
    private readonly XxHash128 _hash = new();
    private readonly Crc32 _checksum = new();
    private TailStream? _compressed;
    private long _read;

    public string Hash => Convert.ToHexStringLower(_hash.GetCurrentHash());

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => _read; set => throw new NotSupportedException(); }

    /// <summary>What a gzipped body holds.</summary>
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
            throw new InvalidDataException("the packed text is not whole");
        }

        _hash.Append(buffer.Span[..read]);
        if (_compressed is not null)
        {
            _checksum.Append(buffer.Span[..read]);
        }

        _read += read;
        return _read <= max ? read : throw Problems.TooLarge($"the body is larger than {max >> 20} MB, unpacked; send it in parts, or load it as a file (POST /api/v1/loads).");
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && _compressed is not null)
        {
            // The unpacking is this stream's own; the body is the request's.
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

    /// <summary>Remembers the last eight bytes: checksum and length of the text, as RFC 1952 has them.</summary>
    private sealed class TailStream(Stream inner) : Stream
    {
        private readonly byte[] _tail = new byte[8];

        public (uint Checksum, uint Length) GzipTrailer => (BinaryPrimitives.ReadUInt32LittleEndian(_tail), BinaryPrimitives.ReadUInt32LittleEndian(_tail.AsSpan(4)));

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
