using System.Globalization;
using System.Text.Json;
using CineLedger.Storage;
using CineLedger.Web.Errors;
using CineLedger.Web.Http;
using CineLedger.Web.Observability;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting;

namespace CineLedger.Web.Events;

/// <summary>New snapshots as they are published, as server-sent events.</summary>
internal sealed class EventStream(
    SnapshotFeed feed, LedgerPool pool, WebOptions options, WebMetrics metrics, IHostApplicationLifetime lifetime)
{
    private const string LastEventId = "Last-Event-ID";

    /// <summary>After how long a client that loses the stream comes back.</summary>
    private const string Preamble = "retry: 2000\n\n";

    public static Parameter<int?> Since { get; } = Parameter.CreateInteger(
        "since", "The snapshot to go on after, as `Last-Event-ID` has it for who comes back: those published since then come at once. Default: the newest.", min: 0)
        with
    { Example = "1" };

    public async Task ListenAsync(HttpContext http, ParameterValues values)
    {
        var last = ReadLast(http.Request) ?? values.Get(Since) ?? pool.Newest?.Id ?? 0;
        using var listener = feed.TryListen(options.MaxListeners) ?? throw Problems.TooManyListeners(options.MaxListeners);
        using var counted = metrics.BeginListening();
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            // Before the stream begins: who cannot be served is told so by a status.
            var snapshots = await feed.ReadAfterAsync(last, ends.Token);
            Begin(http);
            await http.Response.WriteAsync(Preamble, ends.Token);
            while (true)
            {
                foreach (var snapshot in snapshots)
                {
                    var data = JsonSerializer.Serialize(SnapshotEvent.Create(snapshot), EventJson.Readable.SnapshotEvent);
                    await http.Response.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"id: {snapshot.Id}\nevent: snapshot\ndata: {data}\n\n"), ends.Token);
                    last = snapshot.Id;
                }

                await http.Response.Body.FlushAsync(ends.Token);
                if (!await feed.WaitAsync(last, options.HeartbeatInterval, ends.Token))
                {
                    await http.Response.WriteAsync(": heart-beat\n\n", ends.Token);
                }

                snapshots = await feed.ReadAfterAsync(last, ends.Token);
            }
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested && !http.RequestAborted.IsCancellationRequested)
        {
            // The server ends: so does the stream, in good order. The client comes back to where there is one.
        }
    }

    private static int? ReadLast(HttpRequest request) => request.Headers.TryGetValue(LastEventId, out var header) && header.ToString() is { Length: > 0 } text
        ? int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : throw Problems.InvalidParameter(LastEventId, $"'{text}' is no snapshot's number.")
        : null;

    private void Begin(HttpContext http)
    {
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";

        // nginx holds answers back unless it is told not to.
        http.Response.Headers["X-Accel-Buffering"] = "no";
        if (pool.Newest is { } newest)
        {
            http.Response.Headers[LedgerHeaders.Snapshot] = newest.Id.ToString(CultureInfo.InvariantCulture);
        }
    }
}
