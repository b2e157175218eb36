namespace CineLedger.Export;

/// <summary>The formats in which a result can be had. All that is known of each is in <see cref="OutputFormatInfo"/>.</summary>
public enum OutputFormat
{
    Table,
    Csv,
    Json,
    Ndjson,
    Md,
    Parquet,
    Arrow,
    Xlsx,
}

/// <summary>
/// What the command line, HTTP and file names need to know of a format. A new format is a <see cref="ResultWriter"/>, a member of <see cref="OutputFormat"/> and an entry here.
/// </summary>
/// <param name="Format">Which.</param>
/// <param name="Extensions">Of files, without the dot; the first one is the format's own.</param>
/// <param name="MediaType">Over HTTP; null for a format that is for terminals alone.</param>
public sealed record OutputFormatInfo(OutputFormat Format, IReadOnlyList<string> Extensions, string? MediaType)
{
    /// <summary>In the order in which HTTP prefers them; the first is the default there, the last one the command line's.</summary>
    public static IReadOnlyList<OutputFormatInfo> All { get; } =
    [
        new(OutputFormat.Json, ["json"], "application/json") { Parameters = "; charset=utf-8", HasInfo = true, Writer = (output, _) => new JsonResultWriter(output, lines: false) },
        new(OutputFormat.Ndjson, ["ndjson", "jsonl"], "application/x-ndjson") { Writer = (output, _) => new JsonResultWriter(output, lines: true) },
        new(OutputFormat.Csv, ["csv"], "text/csv") { Parameters = "; charset=utf-8; header=present", Writer = (output, _) => new CsvWriter(output) },
        new(OutputFormat.Parquet, ["parquet"], "application/vnd.apache.parquet") { IsBinary = true, Writer = (output, _) => new ParquetWriter(output) },
        new(OutputFormat.Arrow, ["arrow", "feather"], "application/vnd.apache.arrow.file") { IsBinary = true, Writer = (output, _) => new ArrowWriter(output) },
        new(OutputFormat.Xlsx, ["xlsx"], "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet") { IsBinary = true, HasInfo = true, Writer = (output, _) => new XlsxWriter(output) },
        new(OutputFormat.Md, ["md"], "text/markdown") { Parameters = "; charset=utf-8", Writer = (output, _) => new MarkdownWriter(output) },
        new(OutputFormat.Table, ["txt"], null) { HasInfo = true, Writer = (output, width) => new TableWriter(output, width) },
    ];

    private static readonly OutputFormatInfo[] ByFormat = [.. All.OrderBy(known => known.Format)];

    /// <summary>The word for it in options and parameters.</summary>
    public string Name { get; } = Format.ToString().ToLowerInvariant();

    /// <summary>What follows the media type in <c>Content-Type</c>.</summary>
    public string Parameters { get; private init; } = "";

    /// <summary>Whether a terminal can show nothing of it, and compression gains nothing.</summary>
    public bool IsBinary { get; private init; }

    /// <summary>Whether it has a place for what belongs to a result beside its rows: see <see cref="ResultInfo"/>.</summary>
    public bool HasInfo { get; private init; }

    /// <summary>Makes a writer, of the output and of how many characters a line may take; null for as many as it needs. The output stays open.</summary>
    public required Func<Stream, int?, ResultWriter> Writer { private get; init; }

    public static OutputFormatInfo Get(OutputFormat format) => ByFormat[(int)format];

    public ResultWriter CreateWriter(Stream output, int? width = null) => Writer(output, width);
}
