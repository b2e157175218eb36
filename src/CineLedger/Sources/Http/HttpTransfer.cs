using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace CineLedger.Sources.Http;

/// <summary>
/// One download over several connections. What has arrived stays in the file; each try asks for the rest, on condition that the
/// server still has the same version, and starts over where it has not or does not do parts.
/// </summary>
internal sealed class HttpTransfer(HttpClient client, SourceAddress place, HttpVersion? known, TemporaryFile file, SourceOptions options) : ITransfer
{
    // Without user and password, since tracing records the address of a request.
    private readonly Uri _uri = new UriBuilder(place.Uri!) { UserName = "", Password = "", Fragment = "" }.Uri;
    private long? _total;

    /// <summary>What the server calls the file that is being downloaded; null before its first answer.</summary>
    public HttpVersion? Version { get; private set; }

    public string? VersionText => Version?.ToText();

    public int Tries { get; private set; }

    /// <summary>Fetches what is missing.</summary>
    /// <returns>False where the server still has the version known.</returns>
    /// <exception cref="DownloadFailure">It could not be fetched to its end.</exception>
    public async ValueTask<bool> TryAsync(CancellationToken cancellationToken)
    {
        Tries++;
        var answered = false;
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            silence.CancelAfter(options.ConnectTimeout + options.StallTimeout);
            using var request = CreateRequest();
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, silence.Token);
            answered = true;
            if (IsKnown(response))
            {
                return false;
            }

            Accept(response);
            await using var body = await response.Content.ReadAsStreamAsync(silence.Token);
            await Download.CopyBodyAsync(body, file, _total, options, silence, cancellationToken);
            return true;
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw DownloadFailure.FromTimeout(DescribeTimeout(e, answered));
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw DownloadFailure.FromException(e);
        }
    }

    private HttpRequestMessage CreateRequest()
    {
        var request = new HttpRequestMessage(HttpMethod.Get, _uri);
        // A header, never part of the address: redirects and messages must not carry it on.
        if (place.Uri!.UserInfo is { Length: > 0 } user)
        {
            request.Headers.Authorization =
                new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(user))));
        }
        if (file.Length > 0 && Version?.RangeCondition is { } condition)
        {
            request.Headers.Range = new RangeHeaderValue(file.Length, null);
            request.Headers.IfRange = condition;
        }
        else if (file.Length == 0)
        {
            if (known?.EntityTag is { } tag)
            {
                request.Headers.IfNoneMatch.Add(tag);
            }

            request.Headers.IfModifiedSince = known?.LastModified;
        }
        return request;
    }

    /// <summary>Servers that do not know conditions send the file again: the tag tells, and the rest need not be waited for.</summary>
    private bool IsKnown(HttpResponseMessage response) =>
        known is not null &&
        (response.StatusCode == HttpStatusCode.NotModified ||
         (response.StatusCode == HttpStatusCode.OK && response.Headers.ETag is { IsWeak: false } tag && tag.Equals(known.EntityTag)));

    /// <summary>Decides by the answer's head whether its body goes on from where the file ends, or is the file from its start.</summary>
    private void Accept(HttpResponseMessage response)
    {
        if (response.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.PartialContent))
        {
            var refused = DownloadFailure.FromStatus(response);
            // 416: the file has become shorter than what has arrived of it. Without the part in hand the next try has no range to ask for.
            if (response.StatusCode != HttpStatusCode.RequestedRangeNotSatisfiable || file.Length == 0)
            {
                throw refused;
            }

            Restart(refused.Message);
            throw new DownloadFailure(refused.Message, refused.Advice, isTransient: true);
        }
        var packing = response.Content.Headers.ContentEncoding.Where(name => name != "identity").ToArray();
        if (packing.Length > 0)
        {
            throw new DownloadFailure($"the server sends it packed (Content-Encoding: {string.Join(", ", packing)}) though asked not to",
                "Download and unpack it by other means and give its path.", isTransient: false);
        }
        var version = HttpVersion.FromResponse(response);
        if (response.StatusCode == HttpStatusCode.PartialContent)
        {
            var range = response.Content.Headers.ContentRange;
            var sameFile = (version.EntityTag is null || version.EntityTag.Equals(Version?.EntityTag)) &&
                           (range?.Length is null || _total is null || range.Length == _total);
            if (range?.From != file.Length || !sameFile)
            {
                Restart(sameFile ? "the server sends another part than was asked for" : "the file changed on the server");
                throw new DownloadFailure("the file changed on the server during the download", "Try again later.", isTransient: true);
            }
            _total ??= range.Length;
            options.Logger.DownloadResumed(place.DisplayName, file.Length);
            return;
        }
        if (file.Length > 0)
        {
            Restart("the server sends the whole file again");
        }

        Version = version;
        _total = response.Content.Headers.ContentLength;
    }

    private void Restart(string reason)
    {
        options.Logger.DownloadRestarted(place.DisplayName, file.Length, reason);
        file.Clear();
        (Version, _total) = (null, null);
    }

    private string DescribeTimeout(OperationCanceledException e, bool answered)
    {
        if (e.InnerException is TimeoutException)
        {
            return $"the host does not accept a connection within {options.ConnectTimeout.TotalSeconds:0.#} s";
        }

        return answered
            ? $"the server falls silent for {options.StallTimeout.TotalSeconds:0.#} s after {file.Length} bytes"
            : $"the server does not answer within {(options.ConnectTimeout + options.StallTimeout).TotalSeconds:0.#} s";
    }
}
