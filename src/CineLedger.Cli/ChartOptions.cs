using System.CommandLine;
using CineLedger.Charts;
using CineLedger.Export;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Reports.Queries;

namespace CineLedger.Cli;

/// <summary>Options for drawing a result as a chart.</summary>
internal sealed class ChartOptions
{
    /// <summary>Width of a text chart in characters when standard output is not a terminal.</summary>
    private const int DefaultWidth = 100;

    private readonly Option<string?> _kind = ChartOption.Kind.Create<string?>();
    private readonly Option<string?> _measure = new("--measure") { Description = "Column to draw. Default: revenue, or releases if the report has no revenue.", HelpName = "COL" };
    private readonly Option<int?> _top = ChartOption.Top.Create<int?>();
    private readonly Option<string?> _title = ChartOption.Title.Create<string?>();
    private readonly Option<int?> _width = ChartOption.Width.Create<int?>();
    private readonly Option<int?> _height = ChartOption.Height.Create<int?>();
    private readonly Option<ChartTheme> _theme = EnumOption.Create<ChartTheme>(ChartOption.Theme, ChartOption.GetName);
    private readonly Option<string?> _output = new("--output", "-o") { Description = "Write an image, .svg or .png, instead of drawing in the terminal.", HelpName = "FILE" };

    /// <param name="command">The command that gets the options.</param>
    /// <param name="measure">Whether <c>--measure</c> is one of them.</param>
    public void AddTo(Command command, bool measure = true)
    {
        _kind.AcceptValues(ChartOption.Kind.AllowedValues);
        foreach (var option in (Option[])[_kind, .. measure ? [_measure] : Array.Empty<Option>(), _top, _title, _width, _height, _theme, _output])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Reads the options and validates them before any data is read.</summary>
    public ChartSpec Read(ParseResult parsed)
    {
        if (parsed.GetValue(_output) is { } path)
        {
            ChartImage.GetFormat(path);
        }

        return new ChartSpec
        {
            Kind = ChartOption.ParseKind(parsed.GetValue(_kind)),
            Measure = parsed.CommandResult.Command.Options.Contains(_measure) ? parsed.GetValue(_measure) : null,
            Top = ChartOption.Top.Check(parsed.GetValue(_top)),
            Title = parsed.GetValue(_title),
            Width = parsed.GetValue(_width),
            Height = parsed.GetValue(_height),
            Theme = parsed.GetValue(_theme),
        };
    }

    public async Task WriteAsync(
        ParseResult parsed, ChartSpec spec, QueryRequest query, DbResult result, ResultInfo info, LedgerYears? years, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_output) is not { } path)
        {
            // The bars and sparklines of a terminal have one value each.
            var text = await ChartReader.ReadAsync(query, result.Rows, spec with { DrawsAllMeasures = false }, TerminalChart.GetDefaultKind, years, cancellationToken);
            var width = spec.Width ?? Terminal.Width ?? DefaultWidth;
            var lines = TerminalChart.Render(text, spec, info, new TerminalStyle(Math.Clamp(width, 40, 1_000), Terminal.IsAscii, Terminal.ShowsColor));
            await Terminal.WriteAsync(lines, cancellationToken);
            return;
        }

        var data = await ChartReader.ReadAsync(query, result.Rows, spec, getDefaultKind: null, years, cancellationToken);
        try
        {
            using var image = new MemoryStream();
            ChartImage.Write(data, spec, info, ChartImage.GetFormat(path), image);
            image.Position = 0;
            await AtomicFile.WriteAsync(path, stream => image.CopyToAsync(stream, cancellationToken), cancellationToken);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new LedgerException($"{path} cannot be written: {error.Message}", error);
        }
    }
}
