using System.Runtime.InteropServices;
using CineLedger.Web.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CineLedger.Web.Http;

/// <summary>
/// Buffers a response as long as it is small, so that it can be cached, and so that a late error can still be reported as a problem. A larger response is
/// written to a temporary file, from which the client receives it at its own speed, so the writer never waits for the client. Only asynchronous writes
/// send data: the synchronous writes of Zip and Arrow, a few bytes each, are buffered until then. Dispose it before the request ends.
/// </summary>
/// <param name="response">The target of a large response. Headers that depend on the complete response are only set for a small one.</param>
/// <param name="max">The maximum number of buffered bytes.</param>
/// <param name="sending">Called once, before the first byte is sent.</param>
internal sealed class BufferingStream(HttpResponse response, int max, Action sending) : MemoryStream(16 << 10)
{
    /// <summary>The size of the buffer while a response is sent. It saves system calls.</summary>
    private const int SendingBufferBytes = 64 << 10;

    private readonly CancellationTokenSource _end = CancellationTokenSource.CreateLinkedTokenSource(response.HttpContext.RequestAborted);
    private SpoolFile? _file;
    private Task _sending = Task.CompletedTask;

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

        if (Position > (_file is not null ? SendingBufferBytes : max))
        {
            await SpoolAsync(cancellationToken);
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Discards what was written. Returns false when a part of it may have been sent.</summary>
    public bool TryReset()
    {
        if (_file is null)
        {
            SetLength(0);
        }

        return _file is null;
    }

    /// <summary>
    /// Ends the response. Returns it when all of it is buffered; otherwise, waits until the client has received it and returns null. Return the connection
    /// to the ledger first.
    /// </summary>
    public async Task<byte[]?> DetachAsync(CancellationToken cancellationToken)
    {
        if (_file is null)
        {
            return ToArray();
        }

        await SpoolAsync(cancellationToken);
        _file.Complete();
        SetLength(0);
        Capacity = 0;
        await _sending;
        return null;
    }

    /// <summary>Stops sending. Only a failed response is not sent completely by now.</summary>
    public override async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _file?.Dispose();
        _end.Dispose();
        await base.DisposeAsync();
    }

    private async ValueTask SpoolAsync(CancellationToken cancellationToken)
    {
        var isFirst = _file is null;
        if (isFirst)
        {
            _file = new SpoolFile(response.HttpContext.RequestServices.GetRequiredService<Spool>(), CallerPartition.Get(response.HttpContext));
        }
        else if (_sending.IsCompleted)
        {
            // The client is gone.
            await _sending;
        }

        _file!.Append(GetBuffer().AsSpan(0, (int)Position));
        SetLength(0);
        if (isFirst)
        {
            Capacity = 2 * SendingBufferBytes;
            sending();

            // From here on, a failure cannot become a problem document: it ends the connection.
            await response.StartAsync(cancellationToken);
            _sending = Task.Run(() => _file.CopyToAsync(response.Body, _end.Token), CancellationToken.None);
        }
    }
}
