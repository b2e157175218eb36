using System.CommandLine;
using CineLedger.Model;

namespace CineLedger.Cli.Commands;

/// <summary><c>cineledger health</c>: asks a server whether it is ready, for containers that have neither a shell nor curl.</summary>
internal static class HealthCommand
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(4);

    public static Command Create()
    {
        var url = new Option<string?>("--url") { Description = "The server; default: http://localhost, at $PORT or 5080.", HelpName = "URL" };
        var command = new Command("health", "Ask a server on this machine whether a snapshot can be read from it: exit 0 or 1.") { url };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var address = parsed.GetValue(url) ?? $"http://localhost:{ServeOptions.ReadPort() ?? ServeOptions.DefaultPort}";
            if (!Uri.TryCreate($"{address.TrimEnd('/')}/health/ready", UriKind.Absolute, out var ready) || ready.Scheme is not ("http" or "https"))
            {
                throw new UsageException($"{url.Name}: '{address}' is no address; write http://localhost:5080.");
            }

            using var client = new HttpClient { Timeout = Timeout };
            try
            {
                using var response = await client.GetAsync(ready, cancellationToken);
                var text = (await response.Content.ReadAsStringAsync(cancellationToken)).Trim();
                await (response.IsSuccessStatusCode ? Console.Out : Console.Error).WriteLineAsync(response.IsSuccessStatusCode ? text : $"cineledger: {ready} answers {(int)response.StatusCode}: {text}");
                return response.IsSuccessStatusCode ? 0 : 1;
            }
            catch (Exception error) when (error is HttpRequestException || (error is TaskCanceledException && !cancellationToken.IsCancellationRequested))
            {
                throw new LedgerException($"{ready} does not answer: {(error is TaskCanceledException ? $"waited {Timeout.TotalSeconds} seconds" : error.Message)}", error);
            }
        });
        return command;
    }
}
