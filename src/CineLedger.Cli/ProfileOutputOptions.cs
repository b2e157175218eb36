using System.CommandLine;
using CineLedger.Charts;
using CineLedger.Charts.Profile;
using CineLedger.Export;
using CineLedger.Model;
using CineLedger.Reports.Profile;
using CineLedger.Web.Dashboard.Profile;

namespace CineLedger.Cli;

/// <summary>Output formats of a profile.</summary>
internal enum ProfileFormat
{
    Table,
    Json,
    Html,
}

/// <summary>Options for the format and destination of a profile: <c>--format</c> and <c>--output</c>.</summary>
internal sealed class ProfileOutputOptions
{
    private readonly Option<ProfileFormat?> _format = new("--format")
    {
        Description = "table, json or html. Default: by the extension of --output, otherwise table.",
        HelpName = "FORMAT",
    };

    private readonly Option<string?> _output = new("--output", "-o") { Description = "Write to this file instead of standard output.", HelpName = "FILE" };

    public void AddTo(Command command)
    {
        _format.AcceptValues(Enum.GetNames<ProfileFormat>().Select(name => name.ToLowerInvariant()));
        command.Options.Add(_format);
        command.Options.Add(_output);
    }

    /// <summary>Rejects an unknown extension before any data is read.</summary>
    public void Check(ParseResult parsed) => ReadFormat(parsed);

    public async Task WriteAsync(ParseResult parsed, LedgerProfile profile, CancellationToken cancellationToken)
    {
        var format = ReadFormat(parsed);
        if (parsed.GetValue(_output) is { } path)
        {
            try
            {
                var text = await FormatAsync(profile, format, TerminalStyle.ForFiles);
                await AtomicFile.WriteAsync(path, stream => stream.WriteAsync(text, cancellationToken).AsTask(), cancellationToken);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new LedgerException($"{path} cannot be written: {error.Message}", error);
            }

            return;
        }

        var style = new TerminalStyle(Terminal.Width ?? TerminalStyle.ForFiles.Width, Terminal.IsAscii, Terminal.ShowsColor);
        await Terminal.WriteAsync(await FormatAsync(profile, format, style), cancellationToken);
    }

    private static async Task<byte[]> FormatAsync(LedgerProfile profile, ProfileFormat format, TerminalStyle style) => format switch
    {
        ProfileFormat.Json => ProfileJson.Write(profile),
        ProfileFormat.Html => await ProfilePage.RenderAsync(profile),
        ProfileFormat.Table => ProfileTerminal.Write(profile, style),
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };

    private ProfileFormat ReadFormat(ParseResult parsed) => parsed.GetValue(_format) ?? Path.GetExtension(parsed.GetValue(_output))?.ToLowerInvariant() switch
    {
        null or ".txt" => ProfileFormat.Table,
        ".json" => ProfileFormat.Json,
        ".html" or ".htm" => ProfileFormat.Html,
        var other => throw new UsageException($"--output: unknown file extension '{other}'; choose a format with --format table, json or html."),
    };
}
