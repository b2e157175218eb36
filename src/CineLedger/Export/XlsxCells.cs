using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace CineLedger.Export;

/// <summary>The XML of a sheet's cells, gathered to larger pieces.</summary>
internal sealed class XlsxCells
{
    /// <summary>UTF-16 units that a cell of Excel can hold.</summary>
    public const int LongestText = 32_767;

    private const int Full = 60_000;
    private static readonly SearchValues<char> Special = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Select(code => (char)code), '&', '<', '>', '"', '_', '\uFFFE', '\uFFFF']);
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");
    private byte[] _buffer = new byte[64 << 10];
    private int _used;
    private int _row;

    public bool IsFull => _used >= Full;

    /// <summary>How many texts were too long for a cell: those end in an ellipsis.</summary>
    public long CutTexts { get; private set; }

    /// <summary>The letters of a column: A for 0, AA for 26.</summary>
    public static string Letters(int column) =>
        column < 26 ? ((char)('A' + column)).ToString() : Letters((column / 26) - 1) + (char)('A' + (column % 26));

    public void BeginRow(int row)
    {
        _row = row;
        Raw("<row r=\"");
        Digits(row);
        Raw("\">");
    }

    public void EndRow() => Raw("</row>");

    /// <summary>A text. One that a spreadsheet would take for a formula when its cell is edited is marked as none.</summary>
    public void Text(int column, string text, XlsxStyle style = XlsxStyle.Plain)
    {
        if (style == XlsxStyle.Plain && text.Length > 0 && text[0] is '=' or '+' or '-' or '@')
        {
            style = XlsxStyle.Quoted;
        }

        if (text.Length > LongestText)
        {
            var end = char.IsHighSurrogate(text[LongestText - 2]) ? LongestText - 2 : LongestText - 1;
            text = string.Concat(text.AsSpan(0, end), "…");
            CutTexts++;
        }

        Begin(column, style);
        Raw(" t=\"inlineStr\"><is><t xml:space=\"preserve\">");
        Raw(text.AsSpan().ContainsAny(Special) ? Escape(text) : text);
        Raw("</t></is></c>");
    }

    public void Whole(int column, long value, XlsxStyle style)
    {
        Begin(column, style);
        Raw("><v>");
        Digits(value);
        Raw("</v></c>");
    }

    public void Number(int column, double value) => Number(column, value, XlsxStyle.Number);

    /// <summary>A moment, as Excel counts: days since the end of 1899.</summary>
    public void Time(int column, DateTime time) => Number(column, time.ToOADate(), XlsxStyle.Time);

    public void Raw(string xml)
    {
        // A lone surrogate has no UTF-8: it becomes the replacement character.
        _used += Encoding.UTF8.GetBytes(xml, Room(xml.Length * 3));
    }

    public async ValueTask FlushAsync(Stream target, CancellationToken cancellationToken)
    {
        await target.WriteAsync(_buffer.AsMemory(0, _used), cancellationToken).ConfigureAwait(false);
        _used = 0;
    }

    /// <summary>
    /// What XML cannot hold is written <c>_x0007_</c>, as Excel does (ECMA-376, 22.9.2.19), and so is the underscore of a text that
    /// looks like that.
    /// </summary>
    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            _ = text[i] switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                '\t' or '\n' => escaped.Append(text[i]),
                '_' => escaped.Append(LooksEscaped(text.AsSpan(i)) ? "_x005F_" : "_"),
                < ' ' or '\uFFFE' or '\uFFFF' => escaped.Append(CultureInfo.InvariantCulture, $"_x{(int)text[i]:X4}_"),
                _ => escaped.Append(text[i]),
            };
        }

        return escaped.ToString();
    }

    private static bool LooksEscaped(ReadOnlySpan<char> text) =>
        text.Length >= 7 && text[1] == 'x' && text[6] == '_' && !text[2..6].ContainsAnyExcept(HexDigits);

    private void Begin(int column, XlsxStyle style)
    {
        Raw("<c r=\"");
        Raw(Letters(column));
        Digits(_row);
        Raw("\" s=\"");
        Digits((int)style);
        Raw("\"");
    }

    private void Number(int column, double value, XlsxStyle style)
    {
        Begin(column, style);
        Raw("><v>");
        Utf8Formatter.TryFormat(value, Room(64), out var written);
        _used += written;
        Raw("</v></c>");
    }

    private void Digits(long value)
    {
        Utf8Formatter.TryFormat(value, Room(24), out var written);
        _used += written;
    }

    private Span<byte> Room(int bytes)
    {
        if (_buffer.Length - _used < bytes)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _used + bytes));
        }

        return _buffer.AsSpan(_used);
    }
}
