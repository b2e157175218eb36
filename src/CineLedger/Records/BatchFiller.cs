namespace CineLedger.Records;

/// <summary>Fills batches from a stream; each begins with what the one before it left over.</summary>
internal sealed class BatchFiller(Stream stream, RecordReaderOptions options)
{
    private byte[] _carried = [];

    /// <summary>True once the stream has ended: then a batch holds all that there is.</summary>
    public bool IsAtEnd { get; private set; }

    public bool HasMore => !IsAtEnd || _carried.Length > 0;

    /// <summary>A full batch, or the rest of the stream.</summary>
    public async ValueTask<RecordBatch> ReadAsync(CancellationToken cancellationToken)
    {
        var batch = new RecordBatch(_carried, options.BatchBytes);
        await FillAsync(batch, cancellationToken).ConfigureAwait(false);
        return batch;
    }

    /// <summary>Doubles a batch that holds no whole record and reads on; false where it is as large as a record may be.</summary>
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
    public void Carry(ReadOnlySpan<byte> rest) => _carried = rest.ToArray();

    /// <summary>Gives out the text that the next batch would begin with.</summary>
    public byte[] TakeCarried()
    {
        var carried = _carried;
        _carried = [];
        return carried;
    }

    private async ValueTask FillAsync(RecordBatch batch, CancellationToken cancellationToken) =>
        IsAtEnd = IsAtEnd || !await batch.FillAsync(stream, cancellationToken).ConfigureAwait(false);
}
