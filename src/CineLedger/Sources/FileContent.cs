using CineLedger.Model;
using CineLedger.Sources.Kinds;

namespace CineLedger.Sources;

/// <summary>The type of a file, detected from its first bytes and not from its name.</summary>
/// <param name="Name">The dataset's name for the file; null for a zip.</param>
internal sealed record FileContent(string? Name)
{
    public const int HeadLength = 64 * 1024;

    /// <summary>Members of which a JSON file of movies has at least one; the last one marks a deleted movie.</summary>
    private static readonly string[] MovieMembers =
        ["release_date", "budget", "revenue", "genres", "production_companies", "production_countries", "spoken_languages", "deleted"];

    public bool IsZip => Name is null;

    /// <summary>True for JSON with one movie per line.</summary>
    public bool IsJson { get; init; }

    /// <summary>True for a file that is compressed with gzip.</summary>
    public bool IsGzip { get; init; }

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
        return Recognize(new FileHead(head.AsMemory(0, length)), displayName);
    }

    internal static FileContent Recognize(FileHead head, string displayName)
    {
        if (head.Bytes.IsEmpty)
        {
            throw new LedgerException($"{displayName}: empty (0 bytes). Copy or download the dataset again.");
        }

        if (FindMistake(head, displayName) is { } mistake)
        {
            throw mistake;
        }

        if (head.IsZip)
        {
            return head.IsGzip ? throw new LedgerException($"{displayName}: a zip inside a gzip file. Decompress it first (gunzip).") : new FileContent(Name: null);
        }

        if (head.Json is { } json)
        {
            CheckJson(json, head, displayName);
            return new FileContent(DatasetFiles.Movies) { IsJson = true, IsGzip = head.IsGzip };
        }

        var name = SupplierLayout.Find(head.Columns)?.File ?? throw new LedgerException(
            $"{displayName}: neither a zip nor a CSV file of the dataset: it begins with \"{GetFirstColumns(head.Columns)}\". " +
            "Give the zip, or a CSV file with its header line.");
        return new FileContent(name) { HasKeywords = name == DatasetFiles.Movies && head.HasColumns("keywords"), IsGzip = head.IsGzip };
    }

    /// <summary>Returns the error about a file that is certainly not part of the dataset; null if it may be.</summary>
    public static LedgerException? FindMistake(FileHead head, string displayName) =>
        FileKinds.FindIndex(head) is { } index ? FileKinds.All[index].CreateException(displayName, head)
        : !head.IsZip && DescribeMistake(head) is { } other ? new LedgerException($"{displayName}: neither a zip nor a CSV file of the dataset: {other}")
        : null;

    public static FileHead ReadHead(Stream file, int maxLength)
    {
        var head = new byte[maxLength];
        return new FileHead(head.AsMemory(0, file.ReadAtLeast(head, maxLength, throwOnEndOfStream: false)));
    }

    /// <summary>Recognizes a file of a folder or zip whose name is not one of the dataset's. Returns null if the file is not part of the dataset.</summary>
    /// <param name="refusal">The error about a file that holds movies but is not a movies file; null for any other file.</param>
    public static FileContent? TryRecognize(Stream file, string displayName, out QualityGateException? refusal)
    {
        refusal = null;
        try
        {
            return Recognize(ReadHead(file, HeadLength), displayName) is { IsZip: false } content ? content : null;
        }
        catch (LedgerException error)
        {
            refusal = error as QualityGateException;
            return null;
        }
    }

    /// <summary>Throws if JSON is not one movie per line, or if no line has a date, an amount or a list.</summary>
    private static void CheckJson(JsonHead json, FileHead head, string displayName)
    {
        if (!json.IsLines)
        {
            throw new LedgerException($"{displayName}: JSON, but not one movie per line. Convert it (for a list: jq -c '.[]' movies.json) and load the result.");
        }

        if (!json.HasAny("id") && (!json.IsCut || head.Text.IndexOf("\"id\""u8) < 0))
        {
            throw new LedgerException($"{displayName}: JSON whose first line has no \"id\". Give movies in the format of TMDB's /movie/{{id}}, one per line.");
        }

        if (!json.IsCut && !json.HasAny(MovieMembers))
        {
            throw FileKind.CreateGateException(
                displayName, "JSON of movies without any date, amount, genre or company. Give movies in the format of TMDB's /movie/{id}, one per line.");
        }
    }

    /// <summary>Describes a file of another type that was probably given by mistake. Returns null if the file may be CSV.</summary>
    private static string? DescribeMistake(FileHead head)
    {
        var text = head.Text;
        var end = text.IndexOfAny((byte)'\n', (byte)'\r');
        var line = end < 0 ? text : text[..end];
        if (line.IndexOfAnyInRange((byte)1, (byte)8) >= 0 || line.IndexOfAnyInRange((byte)14, (byte)31) >= 0 || head.IsMostlyZero)
        {
            return "it is a binary file. Give the zip as published.";
        }

        if (text.StartsWith("<"u8))
        {
            return "it is a web page or XML, perhaps an error message or a login page. Open the address in a browser to check.";
        }

        return text.IsEmpty ? "it is blank. Get the dataset again." : null;
    }

    private static string GetFirstColumns(IEnumerable<string> columns)
    {
        const int maxLength = 60;
        var text = string.Join(',', columns);
        return text.Length > maxLength ? text[..maxLength] + "…" : text;
    }
}
