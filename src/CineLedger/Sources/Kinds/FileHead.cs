using System.Text;
using CineLedger.Sources.Decoding;

namespace CineLedger.Sources.Kinds;

/// <summary>The first bytes of a file, by which its kind is recognized. Each form of them is read once, when it is first needed.</summary>
internal sealed class FileHead
{
    private const int MaxContentLength = 64 * 1024;

    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly ReadOnlyMemory<byte> _text;
    private readonly Lazy<JsonHead?> _json;
    private readonly Lazy<string[]> _columns;

    /// <param name="bytes">The first bytes, possibly the whole file. If they are compressed with gzip, their content counts.</param>
    public FileHead(ReadOnlyMemory<byte> bytes)
    {
        IsGzip = GunzipStream.IsGzip(bytes.Span);
        _bytes = IsGzip ? GunzipStream.DecompressHead(bytes, MaxContentLength) : bytes;
        _text = SourceEncoding.DecodeHead(_bytes);
        _json = new(() => JsonHead.Read(Text), LazyThreadSafetyMode.None);
        _columns = new(ReadColumns, LazyThreadSafetyMode.None);
    }

    /// <summary>True if the file is compressed with gzip.</summary>
    public bool IsGzip { get; }

    public ReadOnlySpan<byte> Bytes => _bytes.Span;

    /// <summary>The first bytes as UTF-8 text, without a byte order mark and without white space before the first character.</summary>
    public ReadOnlySpan<byte> Text => _text.Span.TrimStart(" \t\r\n"u8);

    /// <summary>True if at least a tenth of the bytes are zero, which is not the case for text in any recognized encoding.</summary>
    public bool IsMostlyZero => (_bytes.Length - _text.Length) * 10 >= _bytes.Length && SourceEncoding.Detect(Bytes) is null && Bytes.Contains((byte)0);

    /// <summary>The file as JSON; null if it is not.</summary>
    public JsonHead? Json => _json.Value;

    /// <summary>The column names of the header in lower case, as by <see cref="CsvFormat.Detect"/>; none if the file is JSON or a web page.</summary>
    public IReadOnlyList<string> Columns => _columns.Value;

    /// <summary>True for a zip: it begins with a local file header or, without entries, with the end record.</summary>
    public bool IsZip => StartsWith("PK\u0003\u0004"u8) || StartsWith("PK\u0005\u0006"u8);

    public bool StartsWith(ReadOnlySpan<byte> signature) => Bytes.StartsWith(signature);

    /// <summary>Returns whether the file has these bytes at an offset.</summary>
    public bool HasBytes(int offset, ReadOnlySpan<byte> expected) => Bytes.Length >= offset && Bytes[offset..].StartsWith(expected);

    /// <summary>Returns whether the header has all of these columns.</summary>
    public bool HasColumns(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (!Columns.Contains(name))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Returns whether the head contains a text in ASCII, in any case.</summary>
    public bool Contains(string text) => Encoding.Latin1.GetString(Text).Contains(text, StringComparison.OrdinalIgnoreCase);

    private string[] ReadColumns() =>
        Text is [(byte)'{' or (byte)'[' or (byte)'<', ..] or [] ? [] : [.. CsvFormat.Detect(_text.Span).Columns.Select(column => column.ToLowerInvariant())];
}
