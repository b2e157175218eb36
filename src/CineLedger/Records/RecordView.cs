using System.Text;

namespace CineLedger.Records;

/// <summary>One record of a batch: its fields as UTF-8 text, and where it came from.</summary>
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

    /// <summary>1, or how many neighbours the record was joined from.</summary>
    public int Pieces => _range.Pieces;

    /// <summary>True for a row that holds nothing, or nothing but separators.</summary>
    public bool IsEmpty => _range.IsEmpty;

    /// <summary>True for a line that should hold a JSON object and does not, or one whose values are of the wrong shape: it has no fields.</summary>
    public bool IsUnreadable => _range is { IsJson: true, FieldCount: 0 };

    /// <summary>The record as it stands in the file, without its line end.</summary>
    public ReadOnlySpan<byte> Raw => _batch.Buffer.AsSpan(_range.Start, _range.Length);

    public string RawText => Encoding.UTF8.GetString(Raw);

    /// <summary>Text of field <paramref name="index"/>, quotes removed; empty where the record is too short to have it.</summary>
    public ReadOnlySpan<byte> this[int index] =>
        (uint)index < (uint)_range.FieldCount ? _batch.GetText(_batch.Fields[_range.FirstField + index], _range.Length) : default;

    /// <summary>Bytes that <c>this[index]</c> has at most, known without reading it.</summary>
    public int MaxLength(int index) => (uint)index < (uint)_range.FieldCount ? _batch.Fields[_range.FirstField + index].Length : 0;
}
