using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace CineLedger.Web.Http;

/// <summary>
/// Holds an answer back as long as it is small, so that it can be kept, and an error on the way still be told as one; a larger one goes
/// out as it is made.
/// </summary>
/// <param name="response">Where a large answer goes. Its headers must be right by then but for those that only a whole answer knows.</param>
/// <param name="most">Bytes that are held back at the most.</param>
/// <param name="spilling">Called once, before the first byte goes out.</param>
internal sealed class SpillStream(HttpResponse response, int most, Action spilling) : Stream
{
    /// <summary>What goes on being held once an answer is on its way: little, to save system calls.</summary>
    private const int Block = 64 << 10;

    private readonly ArrayBufferWriter<byte> _held = new(16 << 10);
    private Stream? _out;

    /// <summary>True where the answer was too large to be held back: it is on its way.</summary>
    public bool HasSpilled => _out is not null;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The answer, where it is whole and was held back.</summary>
    public byte[] ToArray() => _held.WrittenSpan.ToArray();

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>Zip and Arrow write a few bytes at a time without waiting: they are held until somebody can wait.</summary>
    public override void Write(ReadOnlySpan<byte> buffer) => _held.Write(buffer);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _held.Write(buffer.Span);
        if (_held.WrittenCount > (HasSpilled ? Block : most))
        {
            await SendAsync(cancellationToken);
        }
    }

    public override void Flush()
    {
        // What is held is sent by whoever can wait.
    }

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (_out is not null)
        {
            await SendAsync(cancellationToken);
            await _out.FlushAsync(cancellationToken);
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private async ValueTask SendAsync(CancellationToken cancellationToken)
    {
        if (_out is null)
        {
            spilling();
            _out = response.Body;
        }

        await _out.WriteAsync(_held.WrittenMemory, cancellationToken);
        _held.ResetWrittenCount();
    }
}
