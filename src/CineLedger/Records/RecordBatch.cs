using System.Buffers;

namespace CineLedger.Records;

/// <summary>
/// A sequence of complete records, stored as bytes and the positions of their fields. Text is decoded or copied only when a field is read.
/// A batch belongs to one thread at a time; disposing it returns its buffer to the pool.
/// </summary>
public sealed class RecordBatch : IDisposable
{
    private readonly List<byte[]> _joined = [];
    private byte[] _scratch = [];
    private int _scratchUsed;
    private int _filled;

    /// <param name="content">The initial content.</param>
    /// <param name="capacity">The minimum buffer size in bytes.</param>
    internal RecordBatch(ReadOnlySpan<byte> content, int capacity = 0)
    {
        Buffer = ArrayPool<byte>.Shared.Rent(Math.Max(content.Length, capacity));
        content.CopyTo(Buffer);
        _filled = content.Length;
    }

    internal byte[] Buffer { get; private set; }

    /// <summary>The part of the buffer that contains text.</summary>
    internal Span<byte> Content => Buffer.AsSpan(0, _filled);

    internal PooledList<FieldRange> Fields { get; } = new(8192);
    internal PooledList<RecordRange> Records { get; } = new(512);

    /// <summary>True if damaged characters before or in this batch were replaced by U+FFFD.</summary>
    internal bool HasReplacements { get; set; }

    /// <summary>The number of records in the batch, including empty rows.</summary>
    public int Count => Records.Count;

    /// <summary>One record. The view and its spans are valid until the next call or until the batch is disposed.</summary>
    public RecordView this[int index]
    {
        get
        {
            _scratchUsed = 0;
            return new RecordView(this, Records[index]);
        }
    }

    public void Dispose()
    {
        if (Buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(Buffer);
            Buffer = [];
            Fields.Return();
            Records.Return();
        }
    }

    /// <summary>Removes the records but not the text.</summary>
    internal void Clear()
    {
        Fields.Truncate(0);
        Records.Truncate(0);
        _joined.Clear();
    }

    /// <summary>Parses all records of a text that ends with a complete record.</summary>
    /// <param name="text">Text with commas between fields, whose quotes are closed.</param>
    /// <param name="line">The number of the first line.</param>
    internal static RecordBatch Parse(ReadOnlySpan<byte> text, int line)
    {
        var batch = new RecordBatch(text);
        for (var start = 0; start < text.Length;)
        {
            var firstField = batch.Fields.Count;
            RecordScanner.Scan(batch, batch.Content, start, final: true, (byte)',', out var end, out var next);
            batch.Records.Add(new RecordRange(line, start, end - start, firstField, batch.Fields.Count - firstField, 1));
            line += RecordScanner.CountLineEnds(text[start..next]);
            start = next;
        }

        return batch;
    }

    /// <summary>Parses a JSON object as a batch of one record.</summary>
    /// <param name="text">The object.</param>
    /// <param name="fields">The fields to read.</param>
    /// <param name="line">The line number to report.</param>
    internal static RecordBatch ParseJson(ReadOnlySpan<byte> text, JsonFields fields, int line)
    {
        var batch = new RecordBatch(text);
        fields.Add(batch, 0, text.Length, line);
        return batch;
    }

    internal void AddField(int start, int length, FieldKind kind) => Fields.Add(new FieldRange(start, length, kind));

    /// <summary>Reads until the buffer is full. Returns false at the end of the stream.</summary>
    internal async ValueTask<bool> FillAsync(Stream stream, CancellationToken cancellationToken)
    {
        while (_filled < Buffer.Length)
        {
            var read = await stream.ReadAsync(Buffer.AsMemory(_filled), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return false;
            }

            _filled += read;
        }

        return true;
    }

    internal void Grow(int capacity)
    {
        var larger = ArrayPool<byte>.Shared.Rent(capacity);
        Content.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(Buffer);
        Buffer = larger;
    }

    /// <summary>Stores the text of a joined field and returns the value for <see cref="FieldRange.Start"/>.</summary>
    internal int AddJoined(byte[] text)
    {
        _joined.Add(text);
        return _joined.Count - 1;
    }

    internal ReadOnlySpan<byte> GetText(FieldRange field, int recordLength) => field.Kind switch
    {
        FieldKind.Plain => Buffer.AsSpan(field.Start, field.Length),
        FieldKind.Joined => _joined[field.Start],
        _ => Unescape(Buffer.AsSpan(field.Start, field.Length), recordLength),
    };

    private ReadOnlySpan<byte> Unescape(ReadOnlySpan<byte> raw, int recordLength)
    {
        // Unescaped text is never longer than the raw text, so one buffer of the record's length can hold all its fields at once.
        if (_scratch.Length - _scratchUsed < raw.Length)
        {
            _scratch = new byte[Math.Max(recordLength, raw.Length) * 2];
            _scratchUsed = 0;
        }

        var written = QuotedText.Unescape(raw, _scratch.AsSpan(_scratchUsed));
        var text = _scratch.AsSpan(_scratchUsed, written);
        _scratchUsed += written;
        return text;
    }
}

/// <summary>How the bytes of a field are stored.</summary>
internal enum FieldKind : byte
{
    /// <summary>Plain text. A quoted field without inner quotes is stored without its quotes.</summary>
    Plain,

    /// <summary>Quoted text, including the quotes, with doubled quotes inside.</summary>
    Escaped,

    /// <summary>Text outside the buffer; the start is an index into the batch's joined texts.</summary>
    Joined,
}

internal readonly record struct FieldRange(int Start, int Length, FieldKind Kind);

/// <param name="Line">Physical line, from 1, on which the record starts.</param>
/// <param name="Start">Offset of the record's first byte in the buffer.</param>
/// <param name="Length">Bytes of the record without its line end.</param>
/// <param name="FirstField">Index of its first field in the batch.</param>
/// <param name="FieldCount">The number of fields.</param>
/// <param name="Pieces">The number of rows from which the record was joined; usually 1.</param>
/// <param name="IsJson">True for a line of JSON. The record has no fields if the line is not a valid object.</param>
internal readonly record struct RecordRange(int Line, int Start, int Length, int FirstField, int FieldCount, int Pieces, bool IsJson = false)
{
    public RecordDefect Defect { get; init; }

    /// <summary>True for a row that is empty or contains only separators.</summary>
    public bool IsEmpty => Length == FieldCount - 1 && !IsJson;
}
