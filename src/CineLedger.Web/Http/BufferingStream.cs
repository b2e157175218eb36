using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Http;

namespace CineLedger.Web.Http;

/// <summary>
/// Buffers a response as long as it is small, so that it can be cached, and so that a late error can still be reported as a problem. A larger response
/// is streamed. Only asynchronous writes send data: the synchronous writes of Zip and Arrow, a few bytes each, are buffered until then.
/// </summary>
/// <param name="response">The target of a large response. Headers that depend on the complete response are only set for a small one.</param>
/// <param name="max">The maximum number of buffered bytes.</param>
/// <param name="sending">Called once, before the first byte is sent.</param>
internal sealed class BufferingStream(HttpResponse response, int max, Action sending) : MemoryStream(16 << 10)
{
    /// <summary>The size of the buffer while a response is streamed. It saves system calls.</summary>
    private const int StreamingBufferBytes = 64 << 10;

    private Stream? _out;

    /// <summary>Returns false, so that no writer seeks back to change bytes that may already be sent.</summary>
    public override bool CanSeek => false;

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (MemoryMarshal.TryGetArray(buffer, out var array))
        {
            Write(array.Array!, array.Offset, array.Count);
        }
        else
        {
            Write(buffer.Span);
        }

        if (Position > (_out is not null ? StreamingBufferBytes : max))
        {
            await SendAsync(cancellationToken);
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (_out is not null)
        {
            await SendAsync(cancellationToken);
            await _out.FlushAsync(cancellationToken);
        }
    }

    /// <summary>Ends the response. Returns it when all of it is buffered; otherwise, sends the rest and returns null.</summary>
    public async Task<byte[]?> DetachAsync(CancellationToken cancellationToken)
    {
        if (_out is null)
        {
            return ToArray();
        }

        await FlushAsync(cancellationToken);
        return null;
    }

    private async ValueTask SendAsync(CancellationToken cancellationToken)
    {
        if (_out is null)
        {
            sending();
            _out = response.Body;
        }

        await _out.WriteAsync(GetBuffer().AsMemory(0, (int)Position), cancellationToken);
        SetLength(0);
    }
}
