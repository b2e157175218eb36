using System.CommandLine;
using CineLedger.Model;
using CineLedger.Web;

namespace CineLedger.Cli;

/// <summary>Options for pushed movies.</summary>
internal sealed class PushOptions
{
    private readonly Option<string?> _window = new("--push-window")
    {
        Description = "How long to collect pushes (POST /api/v1/movies) before publishing them as a snapshot: 2s, 500ms. Default: 2s.",
        HelpName = "TIME",
    };

    private readonly Option<int?> _limit = new("--push-limit") { Description = "Maximum size of a push in megabytes, uncompressed. Default: 64.", HelpName = "MB" };

    public void AddTo(Command command)
    {
        command.Options.Add(_window);
        command.Options.Add(_limit);
    }

    public WebOptions Read(ParseResult parsed, WebOptions options) => options with
    {
        PushWindow = parsed.GetValue(_window) is { } window ? DurationParser.Parse(_window.Name, window, TimeSpan.Zero, TimeSpan.FromSeconds(30)) : options.PushWindow,
        MaxPushBytes = parsed.GetValue(_limit) switch
        {
            null => options.MaxPushBytes,
            >= 1 and <= 1024 and var megabytes => (long)megabytes << 20,
            _ => throw new UsageException($"{_limit.Name}: must be 1 to 1024 megabytes; load anything larger as a file."),
        },
    };
}
