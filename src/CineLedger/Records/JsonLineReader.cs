using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using CineLedger.Model;

namespace CineLedger.Records;

/// <summary>
/// Reads a stream of JSON objects, one a line (NDJSON), as batches of records. A line that is no object is a record without fields, so that
/// it becomes a finding with its text; blank lines are none.
/// </summary>
/// <param name="stream">UTF-8 text.</param>
/// <param name="file">Its name, for messages.</param>
/// <param name="fields">What is read of each object; it serves this reader alone.</param>
/// <param name="options">How; nothing is joined.</param>
public sealed class JsonLineReader(Stream stream, string file, JsonFields fields, RecordReaderOptions? options = null)
{
    private readonly RecordReaderOptions _options = options ?? new();
    private byte[] _carried = [];
    private bool _final;
    private int _line = 1;

    /// <summary>
    /// The records, in order. Throws <see cref="LedgerException"/> on a line longer than <see cref="RecordReaderOptions.MaxRecordBytes"/>.
    /// Dispose every batch.
    /// </summary>
    public async IAsyncEnumerable<RecordBatch> ReadBatchesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var skipsMark = true;
        while (!_final || _carried.Length > 0)
        {
            var batch = new RecordBatch(Math.Max(_options.BatchBytes, _carried.Length));
            _carried.CopyTo(batch.Buffer, 0);
            var filled = await FillAsync(batch, _carried.Length, cancellationToken).ConfigureAwait(false);
            while (!_final && !batch.Buffer.AsSpan(0, filled).Contains((byte)'\n'))
            {
                filled = await GrowAsync(batch, filled, cancellationToken).ConfigureAwait(false);
            }

            var start = skipsMark && batch.Buffer.AsSpan(0, filled).StartsWith(Encoding.UTF8.Preamble) ? 3 : 0;
            skipsMark = false;
            var end = AddLines(batch, start, filled);
            _carried = batch.Buffer.AsSpan(end, filled - end).ToArray();
            yield return batch;
        }
    }

    /// <summary>Adds the whole lines of the buffer; returns where the rest begins.</summary>
    private int AddLines(RecordBatch batch, int start, int filled)
    {
        while (start < filled)
        {
            var length = batch.Buffer.AsSpan(start, filled - start).IndexOf((byte)'\n');
            if (length < 0 && !_final)
            {
                break;
            }

            var next = length < 0 ? filled : start + length + 1;
            var text = batch.Buffer.AsSpan(start, (length < 0 ? filled : start + length) - start).TrimEnd(" \t\r"u8);
            if (!text.IsEmpty)
            {
                fields.Add(batch, start, text.Length, _line);
            }

            _line++;
            start = next;
        }

        return start;
    }

    private async ValueTask<int> FillAsync(RecordBatch batch, int filled, CancellationToken cancellationToken)
    {
        if (!_final)
        {
            filled = await batch.FillAsync(stream, filled, cancellationToken).ConfigureAwait(false);
            _final = filled < batch.Buffer.Length;
        }

        return filled;
    }

    private ValueTask<int> GrowAsync(RecordBatch batch, int filled, CancellationToken cancellationToken)
    {
        if (batch.Buffer.Length >= _options.MaxRecordBytes)
        {
            throw new LedgerException(string.Create(
                CultureInfo.InvariantCulture,
                $"{file}, line {_line:N0}: a line longer than {_options.MaxRecordBytes >> 20} MB; write one JSON object a line."));
        }

        batch.Grow(Math.Min(batch.Buffer.Length * 2, _options.MaxRecordBytes), filled);
        return FillAsync(batch, filled, cancellationToken);
    }
}
