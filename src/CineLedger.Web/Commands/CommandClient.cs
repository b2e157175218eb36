using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CineLedger.Loading;
using CineLedger.Model;
using CineLedger.Storage.DuckDb;
using CineLedger.Web.Loads;

namespace CineLedger.Web.Commands;

/// <summary>Hands changes to the server that has a ledger open.</summary>
public static class CommandClient
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Sends a change and waits for its result.</summary>
    /// <param name="server">The server, as recorded beside the ledger.</param>
    /// <param name="request">The change.</param>
    /// <param name="progress">Receives the progress of a load; null if it is not shown.</param>
    /// <param name="onOriginalLoaded">Called after each original, when a load has several.</param>
    /// <param name="busy">Thrown if no server at the address knows the secret: it was killed, or another program has its address.</param>
    /// <param name="cancellationToken">Cancels the change, too.</param>
    /// <exception cref="LedgerException">The change failed, with the message and exit code that it would have had in this process.</exception>
    public static async Task<CommandEvent> RunAsync(
        ServerFile server, CommandRequest request, IProgress<LoadProgressView>? progress, Func<LoadSummary, Task> onOriginalLoaded, LedgerBusyException busy,
        CancellationToken cancellationToken)
    {
        using var client = CreateClient();
        using var message = new HttpRequestMessage(HttpMethod.Post, $"{server.Address}{CommandServer.Path}");
        message.Headers.Add(CommandServer.SecretHeader, server.Secret);
        message.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(request, CommandJson.Default.CommandRequest));
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        HttpResponseMessage response;
        try
        {
            response = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException error)
        {
            throw new LedgerBusyException($"{busy.Message} The server at {server} does not answer: {error.Message}", error);
        }

        using (response)
        {
            if (response.StatusCode != HttpStatusCode.OK)
            {
                throw new LedgerBusyException(
                    FormattableString.Invariant($"{busy.Message} What answers at {server.Address} is not its server (status {(int)response.StatusCode})."), busy);
            }

            return await ReadAsync(response, server, request.Studios?.Name, progress, onOriginalLoaded, cancellationToken);
        }
    }

    private static HttpClient CreateClient()
    {
        var handler = new SocketsHttpHandler { ConnectTimeout = ConnectTimeout, UseProxy = false, AllowAutoRedirect = false };

        // The connection does not leave the machine, and the certificate was issued for another name than localhost.
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null;
        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    private static async Task<CommandEvent> ReadAsync(
        HttpResponseMessage response, ServerFile server, string? list, IProgress<LoadProgressView>? progress, Func<LoadSummary, Task> onOriginalLoaded,
        CancellationToken cancellationToken)
    {
        try
        {
            using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken), Encoding.UTF8);
            while (await lines.ReadLineAsync(cancellationToken) is { } line)
            {
                var one = JsonSerializer.Deserialize(line, CommandJson.Default.CommandEvent)!;
                if (one.Error is { } error)
                {
                    throw one.Problems.Count > 0 ? new StudioListException(list ?? "the list of studios", one.Problems) : new HandedChangeException(error, one.ExitCode);
                }

                if (one.Progress is { } value)
                {
                    progress?.Report(value);
                }
                else if (one.Original is { } original)
                {
                    await onOriginalLoaded(original);
                }
                else
                {
                    return one;
                }
            }
        }
        catch (Exception error) when (error is IOException or HttpRequestException or JsonException)
        {
            throw CreateLostException(error);
        }

        throw CreateLostException(null);

        LedgerException CreateLostException(Exception? error) => new(
            $"the connection to the server at {server} was lost; cineledger loads and cineledger snapshots show what it did.", error);
    }
}

/// <summary>A change failed in the server to which it was handed.</summary>
/// <param name="message">The error in one line.</param>
/// <param name="exitCode">The exit code that the command would have had without the server.</param>
public sealed class HandedChangeException(string message, int exitCode) : LedgerException(message)
{
    public override int ExitCode => exitCode;
}
