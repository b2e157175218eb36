using System.CommandLine;
using System.Data.Common;
using CineLedger.Cli.Commands;
using CineLedger.Export;
using CineLedger.Model;
using CineLedger.Reports;

namespace CineLedger.Cli;

/// <summary>Options for the format and destination of a result: <c>--format</c> and <c>--output</c>.</summary>
/// <param name="defaultFormat">The format for standard output.</param>
internal sealed class OutputOptions(OutputFormat defaultFormat = OutputFormat.Table)
{
    private static readonly string[] Names = [.. OutputFormatInfo.All.OrderBy(known => known.Format).Select(known => known.Name)];

    /// <summary>More rows than this are hard to read on a terminal.</summary>
    private const int ManyRows = 200;

    private readonly Option<OutputFormat?> _format = new("--format")
    {
        CustomParser = result => OutputFormatInfo.Find(result.Tokens[0].Value)?.Format,
        Description = $"{string.Join(", ", Names)}. Default: by the extension of --output, otherwise {OutputFormatInfo.Get(defaultFormat).Name}.",
        HelpName = "FORMAT",
    };

    private readonly Option<string?> _output = new("--output", "-o") { Description = "Write to this file instead of standard output.", HelpName = "FILE" };

    public void AddTo(Command command)
    {
        _format.AcceptValues(Names, OutputFormatInfo.BuildQuestion);
        command.Options.Add(_format);
        command.Options.Add(_output);
    }

    /// <summary>Prints how the names of a query were read on standard error, unless a terminal shows it below the result.</summary>
    public async Task WriteNotesAsync(ParseResult parsed, IEnumerable<string> notes)
    {
        if (!ShowsCoverage(parsed) || parsed.GetValue(_output) is not null || Console.IsOutputRedirected)
        {
            await QueryCommand.WriteNotesAsync(notes);
        }
    }

    /// <summary>Returns whether the format shows coverage, which takes a while to count.</summary>
    public bool ShowsCoverage(ParseResult parsed) => OutputFormatInfo.Get(ReadFormat(parsed)).HasInfo;

    public Task WriteAsync(ParseResult parsed, IReadOnlyList<Column> columns, DbDataReader rows, ResultInfo info, CancellationToken cancellationToken) => WriteAsync(
        parsed,
        async (format, stream, width) =>
        {
            long written;
            await using (var writer = format.CreateWriter(stream, width))
            {
                written = await writer.WriteResultAsync(columns, rows, info, cancellationToken);
            }

            if (parsed.GetValue(_output) is null)
            {
                await SuggestPagingAsync(written);
            }
        },
        cancellationToken);

    /// <summary>Writes to the file or standard output. <paramref name="write"/> receives the format, the stream, and the width of the terminal.</summary>
    public async Task WriteAsync(ParseResult parsed, Func<OutputFormatInfo, Stream, int?, Task> write, CancellationToken cancellationToken)
    {
        var path = parsed.GetValue(_output);
        var format = OutputFormatInfo.Get(ReadFormat(parsed));
        if (path is not null)
        {
            try
            {
                await AtomicFile.WriteAsync(path, stream => write(format, stream, null), cancellationToken);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new LedgerException($"{path} cannot be written: {error.Message}", error);
            }

            return;
        }

        if (format.IsBinary && !Console.IsOutputRedirected)
        {
            throw new UsageException($"--format {format.Name}: a terminal cannot display this format; name a file with --output, or redirect standard output.");
        }

        var output = Console.OpenStandardOutput();
        await using (output)
        {
            try
            {
                await write(format, output, Terminal.Width);
            }
            catch (IOException error) when (Terminal.IsClosedPipe(error))
            {
                // The reading program, such as `head`, has closed the pipe.
            }
        }
    }

    /// <summary>Explains on a terminal how to read a long result, whose beginning has scrolled away.</summary>
    private static async Task SuggestPagingAsync(long rows)
    {
        if (rows > ManyRows && !Console.IsOutputRedirected)
        {
            await StandardError.Writer.WriteLineAsync(FormattableString.Invariant(
                $"hint: {rows:N0} rows; narrow the result (--limit, --from, --to …), page it with | less -S, or save it with --output FILE.csv."));
        }
    }

    /// <summary>Returns the format: the given one, or that of the file's extension.</summary>
    public OutputFormat ReadFormat(ParseResult parsed) => parsed.GetValue(_format) ?? GetFormat(parsed.GetValue(_output), defaultFormat);

    private static OutputFormat GetFormat(string? path, OutputFormat defaultFormat)
    {
        if (path is null)
        {
            return defaultFormat;
        }

        var extension = Path.GetExtension(path).ToLowerInvariant();
        var question = OutputFormatInfo.BuildQuestion(extension.TrimStart('.'));
        return OutputFormatInfo.FindByExtension(path)?.Format ?? throw new UsageException(
            $"--output: unknown file extension '{extension}'; choose a format with --format {string.Join(", ", Names[..^1])} or {Names[^1]}{question}");
    }
}
