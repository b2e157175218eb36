using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace CineLedger.Sources.Http;

/// <summary>
/// Downloads one file over several connections. Each attempt requests the missing part on condition that the server still has the same version. If it has
/// not, or does not support ranges, the download starts over.
/// </summary>
internal sealed class HttpTransfer(HttpClient client, SourceAddress place, HttpVersion? known, TemporaryFile file, SourceOptions options) : ITransfer
{
    // Without user and password, since tracing records the request's address.
    private readonly Uri _uri = new UriBuilder(place.Uri!) { UserName = "", Password = "", Fragment = "" }.Uri;
    private long? _total;

    /// <summary>The version that is being downloaded; null before the first response.</summary>
    public HttpVersion? Version { get; private set; }

    public string? VersionText => Version?.ToText();

    public int Attempts { get; private set; }

    /// <summary>Fetches the missing bytes.</summary>
    /// <returns>False if the server still has the known version.</returns>
    /// <exception cref="DownloadFailure">The download did not complete.</exception>
    public async ValueTask<bool> AttemptAsync(CancellationToken cancellationToken)
    {
        Attempts++;
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
        // A header, not part of the address, so that redirects and messages do not expose the password.
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

    /// <summary>Returns true if the response is the known version. Servers without conditional requests send it again, but its tag suffices.</summary>
    private bool IsKnown(HttpResponseMessage response) =>
        known is not null &&
        (response.StatusCode == HttpStatusCode.NotModified ||
         (response.StatusCode == HttpStatusCode.OK && response.Headers.ETag is { IsWeak: false } tag && tag.Equals(known.EntityTag)));

    /// <summary>Determines from the response headers whether the body continues the file or starts it.</summary>
    private void Accept(HttpResponseMessage response)
    {
        if (response.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.PartialContent))
        {
            var refused = DownloadFailure.FromStatus(response);
            // 416: the file is now shorter than the part already downloaded. Without that part, the next attempt requests no range.
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
            throw new DownloadFailure($"the server sent the file compressed (Content-Encoding: {string.Join(", ", packing)}) although no compression was accepted",
                "Download and decompress it by other means and give its path.", isTransient: false);
        }
        var version = HttpVersion.FromResponse(response);
        if (response.StatusCode == HttpStatusCode.PartialContent)
        {
            var range = response.Content.Headers.ContentRange;
            var sameFile = (version.EntityTag is null || version.EntityTag.Equals(Version?.EntityTag)) &&
                           (range?.Length is null || _total is null || range.Length == _total);
            if (range?.From != file.Length || !sameFile)
            {
                Restart(sameFile ? "the server sent a different range than requested" : "the file changed on the server");
                throw new DownloadFailure("the file changed on the server during the download", "Try again later.", isTransient: true);
            }
            _total ??= range.Length;
            options.Logger.DownloadResumed(place.DisplayName, file.Length);
            return;
        }
        if (file.Length > 0)
        {
            Restart("the server sent the whole file again");
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
            return $"the host did not accept a connection within {options.ConnectTimeout.TotalSeconds:0.#} s";
        }

        return answered
            ? $"the server sent nothing for {options.StallTimeout.TotalSeconds:0.#} s after {file.Length} bytes"
            : $"the server did not respond within {(options.ConnectTimeout + options.StallTimeout).TotalSeconds:0.#} s";
    }
}
