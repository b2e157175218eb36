using System.CommandLine;
using CineLedger.Loading.Schedules;
using CineLedger.Model;

namespace CineLedger.Cli;

/// <summary>Options for scheduled loads: <c>--load-every</c> and the options that depend on it.</summary>
internal sealed class ScheduleOptions
{
    private readonly Option<string?> _every = new("--load-every")
    {
        Description = "Load --source at these times, in crontab syntax: \"0 6 1 * *\" is 6:00 on the first of every month. If several servers share a ledger, one of them loads.",
        HelpName = "CRON",
    };

    private readonly Option<string?> _zone = new("--time-zone") { Description = "Time zone of --load-every, such as Europe/Berlin. Default: UTC.", HelpName = "NAME" };

    private readonly Option<int?> _jitter = new("--jitter")
    {
        Description = "Delay each scheduled load by up to this many seconds, differently for each ledger. Default: 0.",
        HelpName = "SECONDS",
    };

    private readonly Option<string?>? _source;

    /// <summary>Options for each load.</summary>
    public LoadingOptions Loading { get; } = new();

    /// <summary>Options for each download.</summary>
    public FetchOptions Fetching { get; } = new();

    /// <param name="namesSource">Whether the source is an option too; otherwise it is an argument of the command.</param>
    public ScheduleOptions(bool namesSource) =>
        _source = namesSource
            ? new("--source")
            {
                Description = "What --load-every loads: a zip, a folder, a CSV file, an http(s) or s3 address, or a file pattern.",
                HelpName = "SOURCE",
            }
            : null;

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

    /// <summary>Returns null when no load is scheduled.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="source">The source, when it is not an option.</param>
    /// <param name="cancellationToken">Cancels reading the list of studios.</param>
    public async Task<LoadSchedule?> ReadAsync(ParseResult parsed, string? source, CancellationToken cancellationToken)
    {
        source ??= _source is null ? null : parsed.GetValue(_source);
        if (parsed.GetValue(_every) is not { } every)
        {
            // A command with a source loads it once and uses the loading options for that. The sample that a command loads without a source may have other studios.
            var unused = source is null ? Loading.All.Concat(Fetching.All).Where(option => _source is not null || option != Loading.Studios) : [];
            foreach (var option in (Option?[])[_source, _zone, _jitter, .. unused])
            {
                if (option is not null && parsed.GetResult(option) is { Implicit: false })
                {
                    throw new UsageException($"{option.Name}: requires --load-every, for example --load-every \"0 6 1 * *\" for 6:00 on the first of every month.");
                }
            }

            return null;
        }

        if (parsed.GetValue(_jitter) is < 0 or > 86_400)
        {
            throw new UsageException($"{_jitter.Name}: must be 0 to 86400 seconds.");
        }

        return LoadSchedule.Parse(
            every,
            parsed.GetValue(_zone),
            TimeSpan.FromSeconds(parsed.GetValue(_jitter) ?? 0),
            source ?? throw new UsageException($"--load-every: no source; name it{(_source is null ? " as SOURCE" : " with --source")}."),
            await Loading.ReadAsync(parsed, cancellationToken),
            DateTime.UtcNow,
            Fetching.Read(parsed));
    }
}
