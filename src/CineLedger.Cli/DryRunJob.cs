using System.CommandLine;
using CineLedger.Charts;
using CineLedger.Charts.Profile;
using CineLedger.Loading;
using CineLedger.Model;
using CineLedger.Sources;
using CineLedger.Storage;
using CineLedger.Web.Loads;

namespace CineLedger.Cli;

/// <summary>A dry run from the command line: prints what a load would do to standard output.</summary>
internal sealed record DryRunJob(string Store, IReadOnlyList<string> Sources, LoadOptions Options, SourceOptions Fetching, DryRunFormat Format)
{
    /// <exception cref="QualityGateException">A gate would stop the load. The report has been printed.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        Options.Validate();
        var run = await ReadAsync(cancellationToken);
        var style = new TerminalStyle(Terminal.Width ?? TerminalStyle.ForFiles.Width, Terminal.IsAscii, Terminal.ShowsColor);
        await Terminal.WriteAsync(Format == DryRunFormat.Json ? DryRunJson.Write(run) : DryRunTerminal.Write(run, style), cancellationToken);
        if (run.Refusal is { } refusal)
        {
            throw refusal;
        }
    }

    private async Task<DryRun> ReadAsync(CancellationToken cancellationToken)
    {
        using var progress = LoadProgressBar.Create();
        await using var dataset = (await SourceOpener.OpenIfChangedAsync(Sources, knownVersion: null, Fetching with { Progress = progress }, cancellationToken))!;
        return await DryRunner.RunAsync(dataset, OpenLedgerAsync, Options, progress, cancellationToken);
    }

    /// <summary>Opens the ledger for reading; returns null if there is none.</summary>
    private async Task<Ledger?> OpenLedgerAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await StoreEngine.Get(Store).OpenReadOnlyAsync(Store, null, cancellationToken);
        }
        catch (MissingLedgerException)
        {
            return null;
        }
    }
}

/// <summary>Output formats of a dry run.</summary>
internal enum DryRunFormat
{
    Table,
    Json,
}

/// <summary>Options for a dry run: <c>--dry-run</c> and <c>--format</c>.</summary>
internal sealed class DryRunOptions
{
    private readonly Option<bool> _dryRun = new("--dry-run")
    {
        Description = "Only print what the load would do: how the source is read, findings, gates, changes. Nothing is written to the ledger.",
    };

    private readonly Option<DryRunFormat?> _format = new("--format") { Description = "With --dry-run: table (default) or json.", HelpName = "FORMAT" };

    public void AddTo(Command command)
    {
        _format.AcceptValues(Enum.GetNames<DryRunFormat>().Select(name => name.ToLowerInvariant()));
        command.Options.Add(_dryRun);
        command.Options.Add(_format);
    }

    /// <summary>Returns the format of a dry run; null for a load.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="others">Options that write something and cannot be combined with a dry run.</param>
    public DryRunFormat? Read(ParseResult parsed, params IEnumerable<Option> others)
    {
        if (!parsed.GetValue(_dryRun))
        {
            return parsed.GetValue(_format) is null ? null : throw new UsageException("--format: requires --dry-run; a load prints no data.");
        }

        return others.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } other
            ? throw new UsageException($"--dry-run cannot be combined with {other.Name}.")
            : parsed.GetValue(_format) ?? DryRunFormat.Table;
    }
}
