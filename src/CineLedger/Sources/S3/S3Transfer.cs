using System.Net;
using System.Net.Http.Headers;
using Amazon.S3;
using Amazon.S3.Model;
using CineLedger.Sources.Http;
using HttpVersion = CineLedger.Sources.Http.HttpVersion;

namespace CineLedger.Sources.S3;

/// <summary>
/// Downloads one object over several connections. Each attempt requests the missing part on condition that the object has not changed. The first request is
/// conditional on a known version, so that checking an unchanged object costs one request.
/// </summary>
/// <param name="connection">The S3 connection.</param>
/// <param name="place">The object's location.</param>
/// <param name="known">The version that need not be sent again; null for none.</param>
/// <param name="required">The entity tag of the only acceptable version; null to accept any.</param>
/// <param name="file">The target file.</param>
/// <param name="options">Time limits and the log.</param>
internal sealed class S3Transfer(
    S3Connection connection, S3Location place, HttpVersion? known, string? required, TemporaryFile file, SourceOptions options) : ITransfer
{
    private HttpVersion? _version;
    private long? _total;

    public int Attempts { get; private set; }

    public string? VersionText => _version?.ToText();

    public async ValueTask<bool> AttemptAsync(CancellationToken cancellationToken)
    {
        Attempts++;
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            silence.CancelAfter(options.ConnectTimeout + options.StallTimeout);
            using var response = await connection.Client.GetObjectAsync(CreateRequest(), silence.Token);
            if (known?.EntityTag is { } tag && response.ETag == tag.ToString())
            {
                return false;
            }

            AcceptResponse(response);
            await Download.CopyBodyAsync(response.ResponseStream, file, _total, options, silence, cancellationToken);
            return true;
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotModified && known is not null)
        {
            return false;
        }
        catch (AmazonS3Exception e) when (e.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            throw CreateChangedFailure(e);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw DownloadFailure.FromTimeout(file.Length > 0
                ? $"the server sent nothing for {options.StallTimeout.TotalSeconds:0.#} s after {file.Length} bytes"
                : $"the server did not respond within {(options.ConnectTimeout + options.StallTimeout).TotalSeconds:0.#} s");
        }
        catch (Exception e) when (e is not OperationCanceledException and not Model.LedgerException)
        {
            throw S3Errors.FromException(e, place, connection.Principal);
        }
    }

    private GetObjectRequest CreateRequest()
    {
        var request = new GetObjectRequest { BucketName = place.Bucket, Key = place.Key, EtagToMatch = required };
        if (file.Length > 0 && _version?.EntityTag is { } tag)
        {
            request.ByteRange = new ByteRange($"bytes={file.Length}-");
            request.EtagToMatch = tag.ToString();
        }
        else
        {
            file.Clear();
            request.EtagToNotMatch = known?.EntityTag?.ToString();
        }
        return request;
    }

    /// <summary>Determines from the response headers whether the body continues the file or is the object from its start.</summary>
    private void AcceptResponse(GetObjectResponse response)
    {
        var range = ContentRangeHeaderValue.TryParse(response.ContentRange, out var parsed) ? parsed : null;
        if (range is not null && range.From == file.Length && (_total is null || range.Length == _total))
        {
            options.Logger.DownloadResumed(place.ToString(), file.Length);
            return;
        }
        if (file.Length > 0)
        {
            options.Logger.DownloadRestarted(place.ToString(), file.Length, "the server sent the whole object again");
            file.Clear();
        }
        _version = new HttpVersion(
            EntityTagHeaderValue.TryParse(response.ETag, out var tag) ? tag : null,
            response.LastModified is { } date ? new DateTimeOffset(date.ToUniversalTime()) : null);
        _total = response.ContentLength;
    }

    /// <summary>Clears the file, so that the next attempt starts over. If one version is required, the failure is final, since that version no longer exists.</summary>
    private DownloadFailure CreateChangedFailure(Exception inner)
    {
        options.Logger.DownloadRestarted(place.ToString(), file.Length, "the object changed on the server");
        file.Clear();
        (_version, _total) = (null, null);
        return new DownloadFailure("the object changed on the server during the download", "Try again later.", isTransient: required is null, inner);
    }
}
