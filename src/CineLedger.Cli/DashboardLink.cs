using System.CommandLine;
using System.CommandLine.Parsing;
using System.ComponentModel;
using System.Diagnostics;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Reports.Queries;
using CineLedger.Storage;
using CineLedger.Storage.DuckDb;
using CineLedger.Web;
using CineLedger.Web.Dashboard;
using CineLedger.Web.Dashboard.Explore;

namespace CineLedger.Cli;

/// <summary>Options for opening a page of the dashboard, and the addresses of the pages. Pages have the parameters of the API, which have the names of options.</summary>
internal sealed class DashboardLink
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(4);

    private static readonly string[] StateNames = [.. PageState.Parameters.Select(parameter => parameter.Name)];

    private readonly Option<string?> _url = new("--url") { Description = $"Address of the server. Default: the server that has the ledger open, otherwise {WebOptions.DefaultUrls}.", HelpName = "URL" };

    private readonly Option<bool> _print = new("--print") { Description = "Print the address of the page instead of opening it." };

    public Option<string?> Store { get; } = CommonOptions.CreateStore();

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[Store, CommonOptions.ReadStore, _url, _print])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Returns the options given on the command line, except those of this class, as parameters of a page.</summary>
    public IReadOnlyList<(string Name, string? Value)> GetParameters(ParseResult parsed) =>
    [
        .. parsed.CommandResult.Children.OfType<OptionResult>()
            .Where(result => result is { Implicit: false, Option.Recursive: false } && !new[] { Store, CommonOptions.ReadStore, _url, (Option)_print }.Contains(result.Option))
            .SelectMany(result => result.Tokens.Count == 0 ? [(result.Option.Name[2..], "true")] : result.Tokens.Select(token => (result.Option.Name[2..], (string?)token.Value))),
    ];

    /// <summary>Returns the page that shows a report: that of its companies, genres or studios, or of one of them; for other options, the page of the same query.</summary>
    public static string GetReportPath(ReportDefinition report, IReadOnlyList<(string Name, string? Value)> parameters)
    {
        var state = parameters.Where(pair => StateNames.Contains(pair.Name)).ToArray();
        var others = parameters.Except(state).ToList();
        var section = report.By is [_, var kind] && others.All(pair => pair.Name == kind) && others.Count <= 1 ? report.Name : null;
        if (section is not null)
        {
            return GetPath(others is [{ Value: { } name }] ? PageState.GetPath(section, name) : $"/{section}", state);
        }

        string[] names = ["company", "studio", "genre"];
        var measures = report.Measures(Measures.Parse("popularity")).Select(measure => measure.Column)
            .Where(column => Measures.All.Any(measure => measure.Name == column && measure.Kind is not (MeasureKind.Known or MeasureKind.NameReleases)));
        return GetPath(
            ExploreAddress.Path,
            [
                ("by", string.Join(',', report.By)), ("measure", string.Join(',', measures)),
                .. others.Select(pair => names.Contains(pair.Name) ? ("where", $"{pair.Name}={pair.Value}") : pair), .. state,
            ]);
    }

    public static string GetPath(string path, params IReadOnlyList<(string Name, string? Value)> parameters) => new PageState().GetLink(path, [.. parameters]);

    /// <summary>Opens a page in the browser; prints its address if that was requested, or there is no browser.</summary>
    public async Task OpenAsync(ParseResult parsed, string path, CancellationToken cancellationToken)
    {
        var server = await FindServerAsync(parsed);
        var address = $"{server.TrimEnd('/')}{path}";
        if (!parsed.GetValue(_print))
        {
            await CheckServerAsync(server, cancellationToken);
            if (StartBrowser(address))
            {
                await StandardError.Writer.WriteLineAsync($"Opened {address}");
                return;
            }
        }

        await Terminal.WriteAsync([address], cancellationToken);
    }

    /// <summary>Returns the address of the server of the ledger. Says so if another ledger may be served at it.</summary>
    private async Task<string> FindServerAsync(ParseResult parsed)
    {
        var store = CommonOptions.GetExistingStore(parsed, Store);
        var file = StoreEngine.Get(store).GetFile(store);
        var served = file is not null && ServerFile.Read(file) is { IsHere: true } server ? server.Address : null;
        var url = parsed.GetValue(_url) ?? served ?? WebOptions.DefaultUrls;
        if (file is not null && served is null && parsed.GetValue(_url) is null)
        {
            await StandardError.Writer.WriteLineAsync($"note: no server has {store} open, so this is the default address; name another one with {_url.Name}.");
        }

        return Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? url : throw new UsageException($"{_url.Name}: '{url}' is not an http(s) address; use an address such as {WebOptions.DefaultUrls}.");
    }

    private static async Task CheckServerAsync(string server, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { Timeout = Timeout };
        try
        {
            using var response = await client.GetAsync(new Uri($"{server.TrimEnd('/')}/health/live"), cancellationToken);
        }
        catch (Exception error) when (error is HttpRequestException || (error is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new LedgerException($"no server responds at {server}: start one with cineledger serve, or name its address with --url.", error);
        }
    }

    /// <summary>Starts the browser; returns false if there is none, as on a machine without a display.</summary>
    private static bool StartBrowser(string address)
    {
        if (OperatingSystem.IsLinux() && Environment.GetEnvironmentVariable("BROWSER") is null or ""
            && Environment.GetEnvironmentVariable("DISPLAY") is null or "" && Environment.GetEnvironmentVariable("WAYLAND_DISPLAY") is null or "")
        {
            return false;
        }

        try
        {
            var start = OperatingSystem.IsWindows()
                ? new ProcessStartInfo(address) { UseShellExecute = true }
                : new ProcessStartInfo(OperatingSystem.IsMacOS() ? "open" : "xdg-open", [address]);
            using var browser = Process.Start(start);
            return true;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
