using System.CommandLine;
using System.Globalization;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Web;
using CineLedger.Web.Hosting;

namespace CineLedger.Cli;

/// <summary>Options shared by the commands that start a server. ASP.NET Core is loaded only when a server starts, so other commands run without it.</summary>
internal static class ServeOptions
{
    /// <summary>Set by container platforms to the port that receives requests.</summary>
    private const string PortVariable = "PORT";

    public const int DefaultPort = 5080;

    public static Option<string?> CreateUrls() => new("--urls")
    {
        Description = $"Addresses to listen on, separated by semicolons; port 0 picks a free port. Default: {WebOptions.DefaultUrls}; for serve, http://*:$PORT if PORT is set.",
        HelpName = "URL",
    };

    /// <summary>Whether a platform that forwards requests has set the port.</summary>
    public static bool HasPort => Environment.GetEnvironmentVariable(PortVariable) is { Length: > 0 };

    /// <summary>Returns the port set in the environment; null when it is not set.</summary>
    public static int? ReadPort() => Environment.GetEnvironmentVariable(PortVariable) is not { Length: > 0 } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536 ? port
        : throw new UsageException($"${PortVariable}: '{text}' is not a port from 1 to 65535.");

    public static string Read(ParseResult parsed, Option<string?> option, bool allowsHttps = false)
    {
        var urls = parsed.GetValue(option) ?? WebOptions.DefaultUrls;
        foreach (var url in urls.Split(';'))
        {
            var isSecure = url.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
            if (!isSecure && !url.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
            {
                throw new UsageException($"{option.Name}: '{url}' is not an address to listen on; use http://localhost:5080 or http://*:5080.");
            }

            if (isSecure && !allowsHttps)
            {
                throw new UsageException($"{option.Name}: '{url}' needs a certificate: name one with serve --certificate, or use http and a reverse proxy.");
            }
        }

        return urls;
    }

    /// <summary>
    /// Reads the addresses for <c>serve</c>. Without the option, a port set in the environment makes it listen on all network interfaces;
    /// clients on other machines still need a key.
    /// </summary>
    public static string ReadOrPort(ParseResult parsed, Option<string?> option, bool allowsHttps) =>
        parsed.GetValue(option) is null && ReadPort() is { } port ? FormattableString.Invariant($"http://*:{port}") : Read(parsed, option, allowsHttps);

    /// <summary>Reads a folder, which must exist; null when none is given.</summary>
    public static string? ReadFolder(ParseResult parsed, Option<string?> option) => parsed.GetValue(option) is not { } folder ? null
        : Directory.Exists(folder) ? Path.GetFullPath(folder)
        : throw new UsageException($"{option.Name}: folder '{folder}' does not exist.");

    /// <summary>Creates the option for the log format.</summary>
    public static Option<LogFormat> CreateLogFormat() =>
        EnumOption.Create<LogFormat>(
            "--log-format", format => format.ToString().ToLowerInvariant(), "Format of the log on standard error: plain lines, or one JSON object per line.");

    /// <summary>Serves until Ctrl-C or SIGTERM.</summary>
    public static Task RunAsync(WebOptions options, LogFormat format, CancellationToken cancellationToken) => WebServer.RunAsync(
        options,
        log => StandardErrorLoggerProvider.Add(log, format, options.IsVerbose),
        addresses => format == Cli.LogFormat.Json
            ? Task.CompletedTask
            : StandardError.Writer.WriteLineAsync($"Serving {StoreEngine.GetSafeName(options.ReadStore ?? options.Store)} at {string.Join(", ", addresses)} until Ctrl-C."),
        cancellationToken);
}
