using System.CommandLine;
using CineLedger.Loading.Schedules;
using CineLedger.Model;

namespace CineLedger.Cli;

/// <summary>What a server loads by itself, and when: <c>--load-every</c> and what belongs to it.</summary>
internal sealed class ScheduleOptions
{
    private readonly Option<string?> _every = new("--load-every")
    {
        Description = "Load --source at these times, as crontab has them: \"0 6 1 * *\" is 6:00 on the first of every month. Of several servers of a ledger one does.",
        HelpName = "CRON",
    };

    private readonly Option<string?> _zone = new("--time-zone") { Description = "The zone of --load-every, Europe/Berlin for one; default UTC.", HelpName = "NAME" };

    private readonly Option<int?> _jitter = new("--jitter") { Description = "Begin up to so much later than --load-every says, each ledger at another moment; default 0.", HelpName = "SECONDS" };

    private readonly Option<string?>? _source;

    /// <summary>How each load is done.</summary>
    public LoadingOptions Loading { get; } = new();

    /// <summary>How patient each download is.</summary>
    public FetchOptions Fetching { get; } = new();

    /// <param name="namesSource">Whether the source is an option, too: else the command has it already.</param>
    public ScheduleOptions(bool namesSource) =>
        _source = namesSource ? new("--source") { Description = "What --load-every loads: a zip, a folder, a CSV file, an http(s) or s3 address, or files by a pattern.", HelpName = "SOURCE" } : null;

    public void AddTo(Command command)
    {
        command.Options.Add(_every);
        if (_source is not null)
        {
            command.Options.Add(_source);
        }

        command.Options.Add(_zone);
        command.Options.Add(_jitter);
        Loading.AddTo(command);
        Fetching.AddTo(command);
    }

    /// <summary>Null where nothing is to be loaded.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="source">The source, where it is not an option.</param>
    public LoadSchedule? Read(ParseResult parsed, string? source = null)
    {
        source ??= _source is null ? null : parsed.GetValue(_source);
        if (parsed.GetValue(_every) is not { } every)
        {
            // A command that has a source loads it once, and needs the rest for that.
            foreach (var option in (Option?[])[_source, _zone, _jitter, .. source is null ? (Option[])[.. Loading.All, .. Fetching.All] : []])
            {
                if (option is not null && parsed.GetResult(option) is { Implicit: false })
                {
                    throw new UsageException($"{option.Name} belongs to --load-every, which is missing: write --load-every \"0 6 1 * *\" for 6:00 on the first of every month.");
                }
            }

            return null;
        }

        if (parsed.GetValue(_jitter) is < 0 or > 86_400)
        {
            throw new UsageException($"{_jitter.Name}: write 0 to 86400 seconds.");
        }

        return LoadSchedule.Parse(
            every,
            parsed.GetValue(_zone),
            TimeSpan.FromSeconds(parsed.GetValue(_jitter) ?? 0),
            source ?? throw new UsageException($"--load-every: what is to be loaded? Name it{(_source is null ? " as SOURCE" : " with --source")}."),
            Loading.Read(parsed),
            DateTime.UtcNow,
            Fetching.Read(parsed));
    }
}
