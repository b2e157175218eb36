using System.Text;

namespace CineLedger.Records;

/// <summary>One record of a batch: its fields as UTF-8 text, and its position in the file.</summary>
public readonly ref struct RecordView
{
    private readonly RecordBatch _batch;
    private readonly RecordRange _range;

    internal RecordView(RecordBatch batch, RecordRange range)
    {
        _batch = batch;
        _range = range;
    }

    /// <summary>Physical line, from 1, on which the record starts.</summary>
    public int Line => _range.Line;

    public int FieldCount => _range.FieldCount;

    /// <summary>1, or the number of adjacent rows from which the record was joined.</summary>
    public int Pieces => _range.Pieces;

    internal RecordDefect Defect => _range.Defect;

    /// <summary>True if the record may have texts with damaged characters that were replaced by U+FFFD.</summary>
    internal bool HasReplacements => _batch.HasReplacements && Raw.IndexOf("\uFFFD"u8) >= 0;

    /// <summary>True if text follows the closing quote of a field, as when a quote is missing before it.</summary>
    internal bool HasTextAfterQuote => !_range.IsJson && QuoteRepair.HasTextAfterQuote(_batch, _range);

    /// <summary>True for a row that is empty or contains only separators.</summary>
    public bool IsEmpty => _range.IsEmpty;

    /// <summary>True for a line of a JSON file that is not a JSON object, or whose values have the wrong type. Such a record has no fields.</summary>
    public bool IsUnreadable => _range is { IsJson: true, FieldCount: 0 };

    /// <summary>The record as in the file, without its line end.</summary>
    public ReadOnlySpan<byte> Raw => _batch.Buffer.AsSpan(_range.Start, _range.Length);

    public string RawText => Encoding.UTF8.GetString(Raw);

    /// <summary>The text of field <paramref name="index"/> without quotes; empty if the record has no such field.</summary>
    public ReadOnlySpan<byte> this[int index] =>
        (uint)index < (uint)_range.FieldCount ? _batch.GetText(_batch.Fields[_range.FirstField + index], _range.Length) : default;

    /// <summary>Returns an upper bound for the length of <c>this[index]</c> in bytes, without reading the field.</summary>
    public int GetMaxLength(int index) => (uint)index < (uint)_range.FieldCount ? _batch.Fields[_range.FirstField + index].Length : 0;
}
