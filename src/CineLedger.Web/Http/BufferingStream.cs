using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Http;

namespace CineLedger.Web.Http;

/// <summary>
/// Holds a response back as long as it is small, so that it can be kept, and an error on the way can still be told as one; a larger one goes
/// out as it is made. Only asynchronous writes send: Zip and Arrow write a few bytes at a time without waiting, which are held until then.
/// </summary>
/// <param name="response">Where a large response goes. Its headers must be right by then but for those that only a whole response knows.</param>
/// <param name="max">Bytes that are held back at the most.</param>
/// <param name="sending">Called once, before the first byte goes out.</param>
internal sealed class BufferingStream(HttpResponse response, int max, Action sending) : MemoryStream(16 << 10)
{
    /// <summary>What goes on being held once a response is on its way: little, to save system calls.</summary>
    private const int Block = 64 << 10;

    private Stream? _out;

    /// <summary>False, so that no writer goes back to change what may be on its way.</summary>
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

        if (Position > (_out is not null ? Block : max))
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

    /// <summary>Ends the response: returns it, when all of it was held back; else sends what is left, and returns null.</summary>
    public async Task<byte[]?> TakeAsync(CancellationToken cancellationToken)
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
