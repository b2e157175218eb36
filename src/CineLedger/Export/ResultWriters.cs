namespace CineLedger.Export;

/// <summary>Makes the writer of a format.</summary>
public static class ResultWriters
{
    /// <summary>Whether a terminal can show nothing of it.</summary>
    public static bool IsBinary(OutputFormat format) => format is OutputFormat.Parquet or OutputFormat.Arrow or OutputFormat.Xlsx;

    /// <param name="format">The format.</param>
    /// <param name="output">Where to; left open.</param>
    /// <param name="width">Characters a line of a table may take; null for as many as it needs.</param>
    public static ResultWriter Create(OutputFormat format, Stream output, int? width = null) => format switch
    {
        OutputFormat.Csv => new CsvWriter(output),
        OutputFormat.Json => new JsonResultWriter(output, lines: false),
        OutputFormat.Ndjson => new JsonResultWriter(output, lines: true),
        OutputFormat.Md => new MarkdownWriter(output),
        OutputFormat.Parquet => new ParquetWriter(output),
        OutputFormat.Arrow => new ArrowWriter(output),
        OutputFormat.Xlsx => new XlsxWriter(output),
        _ => new TableWriter(output, width),
    };
}
