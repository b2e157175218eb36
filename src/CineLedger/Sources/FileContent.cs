using System.Text;
using CineLedger.Model;

namespace CineLedger.Sources;

/// <summary>The type of a file, detected from its first bytes and not from its name.</summary>
/// <param name="Name">The dataset's name for the file; null for a zip.</param>
internal sealed record FileContent(string? Name)
{
    private const int HeadLength = 64 * 1024;

    public bool IsZip => Name is null;

    /// <summary>True for JSON with one movie per line.</summary>
    public bool IsJson { get; init; }

    /// <summary>True for a movies file with a keywords column.</summary>
    public bool HasKeywords { get; init; }

    /// <exception cref="LedgerException">The file is empty, or neither a zip nor a CSV file of the dataset. The message says what it seems to be
    /// instead.</exception>
    public static async Task<FileContent> RecognizeAsync(Stream file, string displayName, CancellationToken cancellationToken)
    {
        var head = new byte[HeadLength];
        int length;
        try
        {
            length = await file.ReadAtLeastAsync(head, HeadLength, throwOnEndOfStream: false, cancellationToken);
        }
        catch (IOException e)
        {
            throw new LedgerException($"{displayName}: cannot be read. {e.Message.TrimEnd('.')}. Check the disk.", e);
        }
        return Recognize(head.AsSpan(0, length), displayName);
    }

    internal static FileContent Recognize(ReadOnlySpan<byte> head, string displayName)
    {
        if (head.IsEmpty)
        {
            throw new LedgerException($"{displayName}: empty (0 bytes). Copy or download the dataset again.");
        }

        // A local file header or, in a zip without entries, the end record.
        if (head.StartsWith("PK\x03\x04"u8) || head.StartsWith("PK\x05\x06"u8))
        {
            return new FileContent(Name: null);
        }

        if (DescribeMistake(head) is { } other)
        {
            throw new LedgerException($"{displayName}: neither a zip nor a CSV file of the dataset: {other}");
        }

        if (RecognizeJson(head, displayName) is { } json)
        {
            return json;
        }

        var columns = CsvHeader.ParseColumns(head);
        var name = SupplierLayout.Find(columns)?.File ?? throw new LedgerException(
            $"{displayName}: neither a zip nor a CSV file of the dataset: it begins with \"{GetFirstColumns(columns)}\". " +
            "Give the zip, or a CSV file with its header line.");
        return new FileContent(name) { HasKeywords = name == DatasetFiles.Movies && columns.Contains("keywords") };
    }

    /// <summary>Recognizes a file of a folder or zip whose name is not one of the dataset's. Returns null if the file is not part of the dataset.</summary>
    public static FileContent? TryRecognize(Stream file)
    {
        var head = new byte[HeadLength];
        var length = file.ReadAtLeast(head, HeadLength, throwOnEndOfStream: false);
        try
        {
            return Recognize(head.AsSpan(0, length), "") is { IsZip: false } content ? content : null;
        }
        catch (LedgerException)
        {
            return null;
        }
    }

    /// <summary>Recognizes movies as JSON, one per line. Returns null if the file is not JSON.</summary>
    private static FileContent? RecognizeJson(ReadOnlySpan<byte> head, string displayName)
    {
        head = head.StartsWith(Encoding.UTF8.Preamble) ? head[Encoding.UTF8.Preamble.Length..] : head;
        var start = head.TrimStart(" \t\r\n"u8);
        if (start.IsEmpty || start[0] is not ((byte)'{' or (byte)'['))
        {
            return null;
        }

        var end = start.IndexOf((byte)'\n');
        var line = (end < 0 ? start : start[..end]).TrimEnd(" \t\r"u8);
        if (line[0] == '[' || (end >= 0 && line[^1] != '}'))
        {
            throw new LedgerException($"{displayName}: JSON, but not one movie per line. Convert it (for a list: jq -c '.[]' movies.json) and load the result.");
        }

        return line.IndexOf("\"id\""u8) < 0
            ? throw new LedgerException($"{displayName}: JSON whose first line has no \"id\". Give movies in the format of TMDB's /movie/{{id}}, one per line.")
            : new FileContent(DatasetFiles.Movies) { IsJson = true };
    }

    /// <summary>Describes a file of another type that was probably given by mistake. Returns null if the file may be CSV.</summary>
    private static string? DescribeMistake(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b]))
        {
            return "it is compressed with gzip. Decompress it first (gunzip).";
        }

        if (head.StartsWith(Encoding.Unicode.Preamble) || head.StartsWith(Encoding.BigEndianUnicode.Preamble))
        {
            return "it is UTF-16 text. Save it as UTF-8.";
        }

        var text = head.StartsWith(Encoding.UTF8.Preamble) ? head[Encoding.UTF8.Preamble.Length..] : head;
        var end = text.IndexOfAny((byte)'\n', (byte)'\r');
        var line = end < 0 ? text : text[..end];
        if (line.IndexOfAnyInRange((byte)0, (byte)8) >= 0 || line.IndexOfAnyInRange((byte)14, (byte)31) >= 0)
        {
            return "it is a binary file. Give the zip as published.";
        }

        var start = text.TrimStart(" \t\r\n"u8);
        if (start.StartsWith("<"u8))
        {
            return "it is a web page or XML, perhaps an error message or a login page. Open the address in a browser to check.";
        }

        return start.IsEmpty ? "it is blank. Get the dataset again." : null;
    }

    private static string GetFirstColumns(string[] columns)
    {
        const int maxLength = 60;
        var text = string.Join(',', columns);
        return text.Length > maxLength ? text[..maxLength] + "…" : text;
    }
}
