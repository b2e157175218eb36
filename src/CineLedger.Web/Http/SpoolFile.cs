using System.Buffers;
using CineLedger.Web.Errors;

namespace CineLedger.Web.Http;

/// <summary>
/// The part of a response that the client has not received yet, in a temporary file. One writer appends while one reader sends. When the reader has caught
/// up, the file is written from its beginning again, so the file of a fast client stays small.
/// </summary>
internal sealed class SpoolFile : IDisposable
{
    private const int BlockBytes = 64 << 10;

    private readonly Spool _spool;
    private readonly string _caller;
    private readonly FileStream _file = Spool.Open();
    private readonly Lock _lock = new();
    private TaskCompletionSource? _more;
    private long _written;
    private long _sent;
    private long _reserved;
    private bool _isComplete;

    public SpoolFile(Spool spool, string caller) => (_spool, _caller) = (spool, caller);

    /// <summary>Appends a block. Does not wait for the reader.</summary>
    /// <exception cref="ProblemException">There is no more space.</exception>
    public void Append(ReadOnlySpan<byte> block)
    {
        long at;
        lock (_lock)
        {
            if (_sent == _written)
            {
                _sent = _written = 0;
            }

            at = _written;
        }

        if (at + block.Length is var end && end > _reserved)
        {
            _spool.Reserve(_caller, end - _reserved);
            _reserved = end;
        }

        try
        {
            RandomAccess.Write(_file.SafeFileHandle, block, at);
        }
        catch (IOException)
        {
            throw Problems.SpoolFull();
        }

        lock (_lock)
        {
            _written = end;
            Notify();
        }
    }

    /// <summary>Ends the content.</summary>
    public void Complete()
    {
        lock (_lock)
        {
            _isComplete = true;
            Notify();
        }
    }

    /// <summary>Sends everything that is appended until <see cref="Complete"/>.</summary>
    public async Task CopyToAsync(Stream target, CancellationToken cancellationToken)
    {
        var block = ArrayPool<byte>.Shared.Rent(BlockBytes);
        try
        {
            while (await ReadAsync(block.AsMemory(0, BlockBytes), cancellationToken) is > 0 and var length)
            {
                await target.WriteAsync(block.AsMemory(0, length), cancellationToken);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    public void Dispose()
    {
        _file.Dispose();
        _spool.Release(_caller, _reserved);
        _reserved = 0;
    }

    /// <summary>Waits for the next block. Returns its length, or 0 at the end.</summary>
    private async ValueTask<int> ReadAsync(Memory<byte> block, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task more;
            lock (_lock)
            {
                if (_sent < _written)
                {
                    var length = RandomAccess.Read(_file.SafeFileHandle, block.Span[..(int)Math.Min(block.Length, _written - _sent)], _sent);
                    _sent += length;
                    return length;
                }

                if (_isComplete)
                {
                    return 0;
                }

                more = (_more ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }

            await more.WaitAsync(cancellationToken);
        }
    }

    private void Notify()
    {
        _more?.SetResult();
        _more = null;
    }
}
