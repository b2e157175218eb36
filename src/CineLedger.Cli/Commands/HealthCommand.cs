using System.CommandLine;
using CineLedger.Model;

namespace CineLedger.Cli.Commands;

/// <summary><c>cineledger health</c>: checks whether a server is ready; for containers without a shell or curl.</summary>
internal static class HealthCommand
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(4);

    public static Command Create()
    {
        var url = new Option<string?>("--url") { Description = "Address of the server. Default: http://localhost on port $PORT or 5080.", HelpName = "URL" };
        var command = new Command("health", "Check whether a server on this machine can read a snapshot: exit code 0 or 1.") { url };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var address = parsed.GetValue(url) ?? $"http://localhost:{ServeOptions.ReadPort() ?? ServeOptions.DefaultPort}";
            if (!Uri.TryCreate($"{address.TrimEnd('/')}/health/ready", UriKind.Absolute, out var ready) || ready.Scheme is not ("http" or "https"))
            {
                throw new UsageException($"{url.Name}: '{address}' is not an http(s) address; use an address such as http://localhost:5080.");
            }

            using var client = new HttpClient { Timeout = Timeout };
            try
            {
                using var response = await client.GetAsync(ready, cancellationToken);
                var text = (await response.Content.ReadAsStringAsync(cancellationToken)).Trim();
                await (response.IsSuccessStatusCode ? Console.Out : StandardError.Writer).WriteLineAsync(
                    response.IsSuccessStatusCode ? text : $"cineledger: {ready} returned {(int)response.StatusCode}: {text}");
                return response.IsSuccessStatusCode ? 0 : 1;
            }
            catch (Exception error) when (error is HttpRequestException || (error is TaskCanceledException && !cancellationToken.IsCancellationRequested))
            {
                throw new LedgerException($"{ready} does not respond: {(error is TaskCanceledException ? $"waited {Timeout.TotalSeconds} seconds" : error.Message)}", error);
            }
        });
        command.AddExamples("health", "health --url http://localhost:8080", "health --url https://movies.example");
        return command;
    }
}
