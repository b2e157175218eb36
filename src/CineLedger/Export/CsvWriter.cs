using System.Buffers;
using System.Buffers.Text;
using System.Data.Common;
using System.Text;
using CineLedger.Reports;
using CineLedger.Storage.Reading;

namespace CineLedger.Export;

/// <summary>Writes CSV as in RFC 4180: lines end in CR LF, text is quoted only when necessary, unknown is an empty field, quoted if it is the only one in its row.</summary>
/// <param name="output">The output, which stays open.</param>
/// <param name="escapesFormulas">
/// Whether a text that a spreadsheet would calculate gets a leading apostrophe. Texts come from the dataset, where anybody can name a company
/// <c>=HYPERLINK(…)</c>. Numbers and dates keep their form.
/// </param>
public sealed class CsvWriter(Stream output, bool escapesFormulas = false) : ResultWriter
{
    private const int FlushThreshold = 60_000;
    private static readonly SearchValues<char> Special = SearchValues.Create(",\"\r\n");
    private static readonly SearchValues<byte> SpecialBytes = SearchValues.Create(",\"\r\n"u8);

    /// <summary>The letters with which formulas start, also in the full-width form that East Asian spreadsheets accept, and white space that is skipped before them.</summary>
    private static readonly string[] FormulaStarts = ["=", "+", "-", "@", "\t", "\r", "\n", "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"];

    private static readonly byte[][] FormulaStartBytes = [.. FormulaStarts.Select(Encoding.UTF8.GetBytes)];
    private byte[] _buffer = new byte[64 << 10];
    private int _used;
    private Column[] _columns = [];

    public override Task BeginAsync(IReadOnlyList<Column> columns, CancellationToken cancellationToken)
    {
        _columns = [.. columns];
        for (var i = 0; i < columns.Count; i++)
        {
            AddSeparator(i);
            AddText(columns[i].Name);
        }

        EndLine();
        return Task.CompletedTask;
    }

    public override ValueTask WriteAsync(DbDataReader row, CancellationToken cancellationToken)
    {
        var start = _used;
        for (var i = 0; i < _columns.Length; i++)
        {
            AddSeparator(i);
            if (!row.IsDBNull(i))
            {
                Add(row, i);
            }
        }

        if (_used == start)
        {
            // Readers skip empty lines.
            "\"\""u8.CopyTo(Reserve(2));
            _used += 2;
        }

        EndLine();
        return _used < FlushThreshold ? ValueTask.CompletedTask : FlushAsync(cancellationToken);
    }

    public override async Task EndAsync(ResultInfo info, CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken).ConfigureAwait(false);
        await output.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Add(DbDataReader row, int column)
    {
        switch (_columns[column].Kind)
        {
            case ColumnKind.Text when row is RowReader reader:
                AddText(reader.GetUtf8(column));
                break;
            case ColumnKind.Text:
                AddText(row.GetString(column));
                break;
            case ColumnKind.Exact or ColumnKind.Date:
                Add(row.GetString(column));
                break;
            case ColumnKind.Boolean:
                Add(row.GetBoolean(column) ? "true" : "false");
                break;
            case ColumnKind.Number:
                _used += NumberFormatter.Write(row.GetDouble(column), Reserve(NumberFormatter.MaxLength));
                break;
            case ColumnKind.Time:
                Add(ReaderExtensions.FormatTime(row.GetDateTime(column)));
                break;
            default:
                Utf8Formatter.TryFormat(row.GetInteger(column), Reserve(24), out var written);
                _used += written;
                break;
        }
    }

    private void AddText(string text)
    {
        var isFormula = escapesFormulas && Array.Exists(FormulaStarts, start => text.StartsWith(start, StringComparison.Ordinal));
        Add(isFormula ? $"'{text}" : text);
    }

    private void AddText(ReadOnlySpan<byte> text)
    {
        if (escapesFormulas)
        {
            foreach (var start in FormulaStartBytes)
            {
                if (text.StartsWith(start))
                {
                    Add([(byte)'\'', .. text]);
                    return;
                }
            }
        }

        Add(text);
    }

    private void Add(string text)
    {
        if (!text.AsSpan().ContainsAny(Special))
        {
            _used += Encoding.UTF8.GetBytes(text, Reserve(text.Length * 3));
            return;
        }

        Add(Encoding.UTF8.GetBytes(text));
    }

    private void Add(ReadOnlySpan<byte> text)
    {
        if (!text.ContainsAny(SpecialBytes))
        {
            text.CopyTo(Reserve(text.Length));
            _used += text.Length;
            return;
        }

        var target = Reserve((text.Length * 2) + 2);
        var used = 0;
        target[used++] = (byte)'"';
        foreach (var letter in text)
        {
            if (letter == (byte)'"')
            {
                target[used++] = letter;
            }

            target[used++] = letter;
        }

        target[used++] = (byte)'"';
        _used += used;
    }

    private void AddSeparator(int column)
    {
        if (column > 0)
        {
            Reserve(1)[0] = (byte)',';
            _used++;
        }
    }

    private void EndLine()
    {
        "\r\n"u8.CopyTo(Reserve(2));
        _used += 2;
    }

    private Span<byte> Reserve(int bytes)
    {
        if (_buffer.Length - _used < bytes)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _used + bytes));
        }

        return _buffer.AsSpan(_used);
    }

    private async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await output.WriteAsync(_buffer.AsMemory(0, _used), cancellationToken).ConfigureAwait(false);
        _used = 0;
    }
}
