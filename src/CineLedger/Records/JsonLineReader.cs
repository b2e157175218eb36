using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using CineLedger.Model;

namespace CineLedger.Records;

/// <summary>
/// Reads a stream of JSON objects, one per line (NDJSON), as batches of records. A line that is not a JSON object becomes a record without fields, which
/// leads to a finding with its text. Blank lines are skipped.
/// </summary>
/// <param name="stream">UTF-8 text.</param>
/// <param name="file">The file name for messages.</param>
/// <param name="fields">The fields to read from each object. The instance must not be shared with another reader.</param>
/// <param name="options">The reading options. Lines are never joined.</param>
public sealed class JsonLineReader(Stream stream, string file, JsonFields fields, RecordReaderOptions? options = null)
{
    private readonly RecordReaderOptions _options = options ?? new();
    private readonly BatchFiller _filler = new(stream, options ?? new());
    private int _line = 1;

    /// <summary>
    /// Reads the records in order. Throws <see cref="LedgerException"/> on a line longer than <see cref="RecordReaderOptions.MaxRecordBytes"/>.
    /// The caller must dispose every batch.
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
                        $"{file}, line {_line:N0}: longer than {_options.MaxRecordBytes >> 20} MB. Write one JSON object per line."));
                }
            }

            var start = skipsMark && batch.Content.StartsWith(Encoding.UTF8.Preamble) ? 3 : 0;
            skipsMark = false;
            _filler.KeepForNextBatch(batch.Content[AddLines(batch, start)..]);
            yield return batch;
        }
    }

    /// <summary>Adds the complete lines of the buffer. Returns the offset of the rest.</summary>
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
