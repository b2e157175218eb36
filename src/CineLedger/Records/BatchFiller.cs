namespace CineLedger.Records;

/// <summary>Fills batches from a stream. Each batch begins with the bytes that the previous one left over.</summary>
internal sealed class BatchFiller(Stream stream, RecordReaderOptions options)
{
    private byte[] _carried = [];

    /// <summary>True once the stream has ended, so that the batch contains all remaining text.</summary>
    public bool IsAtEnd { get; private set; }

    public bool HasMore => !IsAtEnd || _carried.Length > 0;

    /// <summary>Reads a full batch, or the rest of the stream.</summary>
    public async ValueTask<RecordBatch> ReadAsync(CancellationToken cancellationToken)
    {
        var batch = new RecordBatch(_carried, options.BatchBytes);
        await FillAsync(batch, cancellationToken).ConfigureAwait(false);
        return batch;
    }

    /// <summary>Doubles the buffer of a batch that contains no complete record and reads on. Returns false if the batch has reached the maximum record size.</summary>
    public async ValueTask<bool> GrowAsync(RecordBatch batch, CancellationToken cancellationToken)
    {
        if (batch.Buffer.Length >= options.MaxRecordBytes)
        {
            return false;
        }

        batch.Grow(Math.Min(batch.Buffer.Length * 2, options.MaxRecordBytes));
        await FillAsync(batch, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Keeps text for the next batch.</summary>
    public void KeepForNextBatch(ReadOnlySpan<byte> rest) => _carried = rest.ToArray();

    /// <summary>Returns and clears the text that the next batch would begin with.</summary>
    public byte[] DetachCarried()
    {
        var carried = _carried;
        _carried = [];
        return carried;
    }

    private async ValueTask FillAsync(RecordBatch batch, CancellationToken cancellationToken)
    {
        IsAtEnd = IsAtEnd || !await batch.FillAsync(stream, cancellationToken).ConfigureAwait(false);
        batch.HasReplacements = options.HasReplacements?.Invoke() ?? false;
    }
}
