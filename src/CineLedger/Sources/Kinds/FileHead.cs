using System.Text;

namespace CineLedger.Sources.Kinds;

/// <summary>The first bytes of a file, by which its kind is recognized. Each form of them is read once, when it is first needed.</summary>
/// <param name="bytes">The first bytes, possibly the whole file.</param>
internal sealed class FileHead(ReadOnlyMemory<byte> bytes)
{
    private readonly Lazy<JsonHead?> _json = new(() => JsonHead.Read(TrimStart(bytes.Span)), LazyThreadSafetyMode.None);
    private readonly Lazy<string[]> _columns = new(() => ReadColumns(bytes.Span), LazyThreadSafetyMode.None);

    public ReadOnlySpan<byte> Bytes => bytes.Span;

    /// <summary>The first bytes as text, without a byte order mark and without white space before the first character.</summary>
    public ReadOnlySpan<byte> Text => TrimStart(bytes.Span);

    /// <summary>The file as JSON; null if it is not.</summary>
    public JsonHead? Json => _json.Value;

    /// <summary>The column names of the header as by <see cref="CsvHeader.ParseColumns"/>; none if the file is JSON or a web page.</summary>
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
    public bool Contains(string text) => Encoding.Latin1.GetString(Bytes).Contains(text, StringComparison.OrdinalIgnoreCase);

    private static ReadOnlySpan<byte> TrimStart(ReadOnlySpan<byte> head) =>
        (head.StartsWith(Encoding.UTF8.Preamble) ? head[Encoding.UTF8.Preamble.Length..] : head).TrimStart(" \t\r\n"u8);

    private static string[] ReadColumns(ReadOnlySpan<byte> head) =>
        TrimStart(head) is [(byte)'{' or (byte)'[' or (byte)'<', ..] or [] ? [] : CsvHeader.ParseColumns(head);
}
