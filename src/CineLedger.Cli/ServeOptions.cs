using System.CommandLine;
using System.Globalization;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Web;
using CineLedger.Web.Hosting;

namespace CineLedger.Cli;

/// <summary>What the commands share that end up serving. Nothing of ASP.NET is touched before they do: other commands start without it.</summary>
internal static class ServeOptions
{
    /// <summary>What platforms that run containers tell them: where requests will come in.</summary>
    private const string PortVariable = "PORT";

    public const int DefaultPort = 5080;

    public static Option<string?> CreateUrls() => new("--urls")
    {
        Description = $"Where to listen, several with semicolons; port 0 takes any that is free. Default {WebOptions.DefaultUrls}; serve: http://*:$PORT where that is set.",
        HelpName = "URL",
    };

    /// <summary>The port that the environment names; null where it names none.</summary>
    public static int? ReadPort() => Environment.GetEnvironmentVariable(PortVariable) is not { Length: > 0 } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536 ? port
        : throw new UsageException($"${PortVariable}: '{text}' is no port from 1 to 65535.");

    public static string Read(ParseResult parsed, Option<string?> option)
    {
        var urls = parsed.GetValue(option) ?? WebOptions.DefaultUrls;
        foreach (var url in urls.Split(';'))
        {
            if (!url.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
            {
                throw new UsageException($"{option.Name}: '{url}' is no address to listen at; write http://localhost:5080 or http://*:5080. For https, put a proxy before it.");
            }
        }

        return urls;
    }

    /// <summary>
    /// The same for <c>serve</c>, which without the option listens at all addresses, at the port that the environment names, if it does. Who asks
    /// from another machine needs a key all the same.
    /// </summary>
    public static string ReadOrPort(ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option) is null && ReadPort() is { } port ? FormattableString.Invariant($"http://*:{port}") : Read(parsed, option);

    /// <summary>A folder that must be there; null where none is named.</summary>
    public static string? ReadFolder(ParseResult parsed, Option<string?> option) => parsed.GetValue(option) is not { } folder ? null
        : Directory.Exists(folder) ? Path.GetFullPath(folder)
        : throw new UsageException($"{option.Name}: there is no folder '{folder}'.");

    /// <summary>What each line of the log is: a sentence, or a JSON object for programs.</summary>
    public static Option<LogFormat> CreateLogFormat() =>
        EnumOption.Create<LogFormat>("--log-format", format => format.ToString().ToLowerInvariant(), "The log on standard error: plain lines, or a JSON object a line.");

    /// <summary>Serves until Ctrl-C or SIGTERM.</summary>
    public static Task RunAsync(WebOptions options, LogFormat format, CancellationToken cancellationToken) => WebServer.RunAsync(
        options,
        log => StandardErrorLoggerProvider.Add(log, format, options.IsVerbose),
        addresses => format == Cli.LogFormat.Json
            ? Task.CompletedTask
            : Console.Error.WriteLineAsync($"Serving {StoreEngine.GetSafeName(options.ReadStore ?? options.Store)} at {string.Join(", ", addresses)} until Ctrl-C."),
        cancellationToken);
}
