using System.CommandLine;
using CineLedger.Sources;

namespace CineLedger.Cli;

/// <summary>Options for the limits of a source of any kind: <c>--max-source-bytes</c> and <c>--source-timeout</c>.</summary>
internal sealed class SourceLimitOptions
{
    private readonly Option<string?> _size = new("--max-source-bytes")
    {
        Description = $"Refuse a source that is larger, as fetched or unpacked: 500MB, 8GB. Default: {SourceOptions.Default.MaxBytes >> 30}GB.",
        HelpName = "SIZE",
    };

    private readonly Option<string?> _timeout = new("--source-timeout")
    {
        Description = $"Give up on a source that is not fetched within this time, including all attempts: 90s, 30m, 2h. Default: {SourceOptions.Default.FetchTimeout.TotalHours:0}h.",
        HelpName = "TIME",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_size);
        command.Options.Add(_timeout);
    }

    public SourceOptions Read(ParseResult parsed, SourceOptions options) => options with
    {
        MaxBytes = parsed.GetValue(_size) is { } size ? SizeParser.Parse(_size.Name, size) : options.MaxBytes,
        FetchTimeout = parsed.GetValue(_timeout) is { } time
            ? DurationParser.Parse(_timeout.Name, time, TimeSpan.FromSeconds(1), TimeSpan.FromDays(30))
            : options.FetchTimeout,
    };
}
