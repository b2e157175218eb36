namespace CineLedger.SystemTests.Interruptions;

/// <summary>Returns its bytes and then blocks, without ending, until it is released.</summary>
internal sealed class BlockingStream(byte[] content) : MemoryStream(content)
{
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Drained => _drained.Task;

    public void Release() => _released.TrySetResult();

    public override async Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
    {
        try
        {
            await base.CopyToAsync(destination, bufferSize, cancellationToken);
            await destination.FlushAsync(cancellationToken);
        }
        finally
        {
            _drained.TrySetResult();
        }

        await _released.Task;
    }
}
