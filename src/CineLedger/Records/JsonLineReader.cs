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
    private readonly BatchFiller _filler = new(stream, options ?? new());
    private int _line = 1;

    /// <summary>
    /// The records, in order. Throws <see cref="LedgerException"/> on a line longer than <see cref="RecordReaderOptions.MaxRecordBytes"/>.
    /// Dispose every batch.
    /// </summary>
    public async IAsyncEnumerable<RecordBatch> ReadBatchesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var skipsMark = true;
        while (_filler.HasMore)
        {
            var batch = await _filler.ReadAsync(cancellationToken).ConfigureAwait(false);
            while (!_filler.IsAtEnd && !batch.Content.Contains((byte)'\n'))
            {
                if (!await _filler.GrowAsync(batch, cancellationToken).ConfigureAwait(false))
                {
                    throw new LedgerException(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{file}, line {_line:N0}: a line longer than {_options.MaxRecordBytes >> 20} MB; write one JSON object a line."));
                }
            }

            var start = skipsMark && batch.Content.StartsWith(Encoding.UTF8.Preamble) ? 3 : 0;
            skipsMark = false;
            _filler.Carry(batch.Content[AddLines(batch, start)..]);
            yield return batch;
        }
    }

    /// <summary>Adds the whole lines of the buffer; returns where the rest begins.</summary>
    private int AddLines(RecordBatch batch, int start)
    {
        while (start < batch.Content.Length)
        {
            var rest = batch.Content[start..];
            var length = rest.IndexOf((byte)'\n');
            if (length < 0 && !_filler.IsAtEnd)
            {
                break;
            }

            var text = (length < 0 ? rest : rest[..length]).TrimEnd(" \t\r"u8);
            if (!text.IsEmpty)
            {
                fields.Add(batch, start, text.Length, _line);
            }

            _line++;
            start += length < 0 ? rest.Length : length + 1;
        }

        return start;
    }
}
