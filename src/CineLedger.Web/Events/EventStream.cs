using System.Globalization;
using System.Text.Json;
using CineLedger.Storage;
using CineLedger.Web.Errors;
using CineLedger.Web.Http;
using CineLedger.Web.Observability;
using CineLedger.Web.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting;

namespace CineLedger.Web.Events;

/// <summary>Streams new snapshots as server-sent events.</summary>
internal sealed class EventStream(
    SnapshotFeed feed, LedgerPool pool, WebOptions options, WebMetrics metrics, IHostApplicationLifetime lifetime)
{
    private readonly CallerCounter _own = new();

    private const string LastEventId = "Last-Event-ID";

    /// <summary>Sets the delay after which clients reconnect.</summary>
    private const string Preamble = "retry: 2000\n\n";

    public static Parameter<int?> Since { get; } = Parameter.CreateInteger(
        "since", "Start after this snapshot; later ones that are already published are sent at once. `Last-Event-ID` takes precedence. Default: the newest.", min: 0)
        with
    { Example = "1" };

    public async Task ListenAsync(HttpContext http, ParameterValues values)
    {
        var last = ReadLast(http.Request) ?? values.Get(Since) ?? pool.Newest?.Id ?? 0;
        using var own = _own.TryEnter(CurrentCaller.Partition, options.MaxListenersPerCaller)
            ?? throw Problems.TooManyListeners(options.MaxListenersPerCaller, " for each key and each address without a key");
        using var listener = feed.TryListen(options.MaxListeners) ?? throw Problems.TooManyListeners(options.MaxListeners);
        using var counted = metrics.BeginListening();
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            // Read before the stream begins, so that a failure can still set the status.
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
            // The server is stopping: end the stream cleanly, and let the client reconnect to another server.
        }
    }

    private static int? ReadLast(HttpRequest request) => request.Headers.TryGetValue(LastEventId, out var header) && header.ToString() is { Length: > 0 } text
        ? int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : throw Problems.InvalidParameter(LastEventId, $"'{text}' is not a snapshot number.")
        : null;

    private void Begin(HttpContext http)
    {
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";

        // By default, nginx buffers responses.
        http.Response.Headers["X-Accel-Buffering"] = "no";
        if (pool.Newest is { } newest)
        {
            http.Response.Headers[LedgerHeaders.Snapshot] = newest.Id.ToString(CultureInfo.InvariantCulture);
        }
    }
}
