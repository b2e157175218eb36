using System.Net.ServerSentEvents;
using System.Text.Json;

namespace CineLedger.Tests.Web;

/// <summary>A client of server-sent events, which reads a response with the parser of .NET.</summary>
public sealed class EventReader : IAsyncDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly IAsyncEnumerator<SseItem<string>> _events;

    private EventReader(HttpResponseMessage response, Stream stream)
    {
        _response = response;
        _events = SseParser.Create(stream).EnumerateAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator();
    }

    public HttpResponseMessage Response => _response;

    public static async Task<EventReader> OpenAsync(HttpClient client, string query = "", string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/events{query}");
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode} {(response.IsSuccessStatusCode ? "" : await response.Content.ReadAsStringAsync())}");
        return new EventReader(response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>Returns the next event, or null at the end of the stream.</summary>
    public async Task<JsonElement?> NextAsync()
    {
        if (!await _events.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken))
        {
            return null;
        }

        Assert.Equal("snapshot", _events.Current.EventType);
        var data = JsonDocument.Parse(_events.Current.Data).RootElement;
        Assert.Equal(data.GetProperty("snapshot").ToString(), _events.Current.EventId);
        return data;
    }

    public async Task<int?> NextIdAsync() => (await NextAsync())?.GetProperty("snapshot").GetInt32();

    public async ValueTask DisposeAsync()
    {
        _response.Dispose();
        try
        {
            await _events.DisposeAsync();
        }
        catch (NotSupportedException)
        {
            // A read is still pending. It ends because the response is closed.
        }
    }
}
