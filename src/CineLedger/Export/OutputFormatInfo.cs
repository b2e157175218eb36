using CineLedger.Reports.Queries;

namespace CineLedger.Export;

/// <summary>The output formats, described by <see cref="OutputFormatInfo"/>.</summary>
public enum OutputFormat
{
    Table,
    Csv,
    CsvSafe,
    Json,
    Ndjson,
    Md,
    Parquet,
    Arrow,
    Xlsx,
}

/// <summary>
/// Describes an output format to the command line and HTTP. To add a format, write a <see cref="ResultWriter"/>, and add a member to
/// <see cref="OutputFormat"/> and an entry to <see cref="All"/>.
/// </summary>
/// <param name="Format">The format.</param>
/// <param name="Extensions">The file extensions, without the dot; the first one is preferred. Empty for a variant that is only chosen by name.</param>
/// <param name="MediaType">The media type over HTTP; null for a format that only the command line offers. The first format of a media type is its default.</param>
public sealed record OutputFormatInfo(OutputFormat Format, IReadOnlyList<string> Extensions, string? MediaType)
{
    /// <summary>All formats, in the order in which HTTP prefers them. HTTP defaults to the first one, the command line to the last.</summary>
    public static IReadOnlyList<OutputFormatInfo> All { get; } =
    [
        new(OutputFormat.Json, ["json"], "application/json")
        {
            MediaTypeParameters = "; charset=utf-8", HasInfo = true, Writer = (output, _) => new JsonResultWriter(output, lines: false),
        },
        new(OutputFormat.Ndjson, ["ndjson", "jsonl"], "application/x-ndjson") { Writer = (output, _) => new JsonResultWriter(output, lines: true) },
        new(OutputFormat.Csv, ["csv"], "text/csv") { MediaTypeParameters = "; charset=utf-8; header=present", Writer = (output, _) => new CsvWriter(output) },
        new(OutputFormat.CsvSafe, [], "text/csv")
        {
            Name = "csv-safe", MediaTypeParameters = "; charset=utf-8; header=present", Writer = (output, _) => new CsvWriter(output, escapesFormulas: true),
        },
        new(OutputFormat.Parquet, ["parquet"], "application/vnd.apache.parquet") { IsBinary = true, Writer = (output, _) => new ParquetWriter(output) },
        new(OutputFormat.Arrow, ["arrow", "feather"], "application/vnd.apache.arrow.file") { IsBinary = true, Writer = (output, _) => new ArrowWriter(output) },
        new(OutputFormat.Xlsx, ["xlsx"], "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
        {
            IsBinary = true, HasInfo = true, Words = ["excel", "xls"], Writer = (output, _) => new XlsxWriter(output),
        },
        new(OutputFormat.Md, ["md"], "text/markdown") { Words = ["markdown"], MediaTypeParameters = "; charset=utf-8", Writer = (output, _) => new MarkdownWriter(output) },
        new(OutputFormat.Table, ["txt"], null) { HasInfo = true, Writer = (output, width) => new TextTableWriter(output, width) },
    ];

    private static readonly OutputFormatInfo[] ByFormat = [.. All.OrderBy(known => known.Format)];

    /// <summary>The format's name in options and parameters.</summary>
    public string Name { get; private init; } = Format.ToString().ToLowerInvariant();

    /// <summary>Other words for the format, for suggestions.</summary>
    private IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>The media type's parameters in <c>Content-Type</c>, with their leading semicolon.</summary>
    public string MediaTypeParameters { get; private init; } = "";

    /// <summary>Whether the format is binary: not for terminals, and not worth compressing.</summary>
    public bool IsBinary { get; private init; }

    /// <summary>Whether the format can carry the <see cref="ResultInfo"/> of a result in addition to its rows.</summary>
    public bool HasInfo { get; private init; }

    /// <summary>Creates a writer. Takes the output, which stays open, and the maximum line width in characters; null for no maximum.</summary>
    public required Func<Stream, int?, ResultWriter> Writer { private get; init; }

    /// <summary>Returns the format that the extension of a file selects; null if there is none.</summary>
    public static OutputFormatInfo? FindByExtension(string path)
    {
        var extension = Path.GetExtension(path).ToLowerInvariant();
        return All.FirstOrDefault(known => known.Extensions.Any(own => extension == $".{own}"));
    }

    public static OutputFormatInfo Get(OutputFormat format) => ByFormat[(int)format];

    /// <summary>Returns the format with a name, in any letter case; null if there is none.</summary>
    public static OutputFormatInfo? Find(string name) => All.FirstOrDefault(known => known.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Builds the end of a message about an unknown name or extension: <c>; did you mean …?</c>, or a period when none is similar.</summary>
    public static string BuildQuestion(string text)
    {
        var words = All.SelectMany(known => known.Extensions.Concat(known.Words).Append(known.Name).Select(word => (Word: word, known.Name)))
            .DistinctBy(word => word.Word).ToDictionary(word => word.Word, word => word.Name);
        var near = NearestNames.Find(text, words.Keys).Select(word => words[word]).Distinct().ToList();
        return near.Count == 0 ? "." : $"; did you mean {string.Join(" or ", near)}?";
    }

    public ResultWriter CreateWriter(Stream output, int? width = null) => Writer(output, width);
}
