using System.CommandLine;
using System.Data.Common;
using CineLedger.Export;
using CineLedger.Model;
using CineLedger.Reports;

namespace CineLedger.Cli;

/// <summary>Where a result goes and in which format: <c>--format</c> and <c>--output</c>.</summary>
internal sealed class OutputOptions
{
    private readonly Option<OutputFormat?> _format = new("--format")
    {
        Description = "table (default), csv, json, ndjson, md, parquet, arrow, xlsx; default with --output: by the file's extension.",
        HelpName = "FORMAT",
    };

    private readonly Option<string?> _output = new("--output", "-o") { Description = "Write to this file instead of standard output.", HelpName = "FILE" };

    public void AddTo(Command command)
    {
        _format.AcceptWords(Enum.GetNames<OutputFormat>().Select(name => name.ToLowerInvariant()));
        command.Options.Add(_format);
        command.Options.Add(_output);
    }

    /// <summary>Whether the format has a place for what a report rests on: it takes a while to count.</summary>
    public bool ShowsCoverage(ParseResult parsed) =>
        Format(parsed) is not (OutputFormat.Csv or OutputFormat.Ndjson or OutputFormat.Md or OutputFormat.Parquet or OutputFormat.Arrow);

    public async Task WriteAsync(
        ParseResult parsed, IReadOnlyList<Column> columns, DbDataReader rows, ResultInfo info, CancellationToken cancellationToken)
    {
        var path = parsed.GetValue(_output);
        var format = Format(parsed);
        if (path is not null)
        {
            try
            {
                await OutputFile.WriteAsync(path, stream => WriteAsync(stream, width: null));
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new LedgerException($"{path} cannot be written: {error.Message}", error);
            }

            return;
        }

        if (ResultWriters.IsBinary(format) && !Console.IsOutputRedirected)
        {
            throw new UsageException($"--format {format.ToString().ToLowerInvariant()}: the terminal cannot show it; name a file with --output, or redirect standard output.");
        }

        var output = Console.OpenStandardOutput();
        await using (output)
        {
            try
            {
                await WriteAsync(output, Terminal.Width);
            }
            catch (IOException error) when (Terminal.IsClosedPipe(error))
            {
                // The reader, `head` for one, has seen enough.
            }
        }

        async Task WriteAsync(Stream stream, int? width)
        {
            await using var writer = ResultWriters.Create(format, stream, width);
            await writer.WriteAllAsync(columns, rows, info, cancellationToken);
        }
    }

    private OutputFormat Format(ParseResult parsed) => parsed.GetValue(_format) ?? FormatOf(parsed.GetValue(_output));

    private static OutputFormat FormatOf(string? path) => Path.GetExtension(path)?.ToLowerInvariant() switch
    {
        null => OutputFormat.Table,
        ".csv" => OutputFormat.Csv,
        ".json" => OutputFormat.Json,
        ".ndjson" or ".jsonl" => OutputFormat.Ndjson,
        ".md" => OutputFormat.Md,
        ".parquet" => OutputFormat.Parquet,
        ".arrow" or ".feather" => OutputFormat.Arrow,
        ".xlsx" => OutputFormat.Xlsx,
        ".txt" => OutputFormat.Table,
        var other => throw new UsageException(
            $"--output: no format is known by the extension '{other}'; say which with --format table, csv, json, ndjson, md, parquet, arrow or xlsx."),
    };
}
