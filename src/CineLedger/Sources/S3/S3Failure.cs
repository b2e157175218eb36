using System.Net;
using System.Net.Sockets;
using Amazon.Runtime.Internal;
using Amazon.S3;
using CineLedger.Sources.Http;

namespace CineLedger.Sources.S3;

/// <summary>What S3 refuses, in words that say what to do.</summary>
internal static class S3Failure
{
    /// <param name="error">What the client threw.</param>
    /// <param name="place">What was asked for.</param>
    /// <param name="who">As whom; see <see cref="S3Connection.Who"/>.</param>
    public static DownloadFailure Of(Exception error, S3Location place, string who)
    {
        if (error is DownloadFailure known)
        {
            return known;
        }

        if (error is AmazonS3Exception { StatusCode: not 0 } refused)
        {
            return OfAnswer(refused, place, who);
        }

        // The client wraps failures of the network in its own; underneath they are those of any download.
        for (var cause = error; cause is not null; cause = cause.InnerException)
        {
            if (cause is HttpRequestException or IOException or SocketException)
            {
                return DownloadFailure.OfConnection(cause);
            }
        }
        return new DownloadFailure(error.Message.TrimEnd('.'), "Check the address, the endpoint and the keys.", isTransient: false, error);
    }

    private static DownloadFailure OfAnswer(AmazonS3Exception error, S3Location place, string who)
    {
        var status = (int)error.StatusCode;
        var answer = $"the server answers {status} ({error.ErrorCode ?? error.StatusCode.ToString()})";
        return error.ErrorCode switch
        {
            "NoSuchBucket" => Final($"there is no bucket {place.Bucket}", "Check the address, and the endpoint if it is not AWS."),
            "NoSuchKey" => Final("the bucket holds no object of that key", "Check the key; capitals count."),
            "InvalidAccessKeyId" => Final($"the server does not know the access key, asked {who}", "Check AWS_ACCESS_KEY_ID or the profile, and the endpoint."),
            "SignatureDoesNotMatch" => Final($"the secret key does not fit the access key, asked {who}", "Check AWS_SECRET_ACCESS_KEY or the profile."),
            "ExpiredToken" or "TokenRefreshRequired" or "InvalidToken" => Final($"the session token has expired, asked {who}", "Log in again (aws sso login), or renew AWS_SESSION_TOKEN."),
            "RequestTimeTooSkewed" => Final("this machine's clock is wrong by more than the server allows", "Set the clock."),
            "PermanentRedirect" or "TemporaryRedirect" or "AuthorizationHeaderMalformed" or "IllegalLocationConstraintException" => Final(
                $"{answer}: the bucket is in another region{(RegionIn(error) is { } region ? $", {region}" : "")}", "Name its region: --s3-region."),
            _ when error.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized => Final(
                $"access denied, asked {who}", "Check the keys or the profile and what they may read (s3:GetObject, s3:ListBucket for several); an object that is not there may look the same."),
            _ when error.StatusCode == HttpStatusCode.NotFound => Final(answer, "Check the bucket and the key."),
            _ when status is 429 or >= 500 || error.ErrorCode is "SlowDown" or "RequestTimeout" => new(answer, "Try again later.", true, error),
            _ => Final(answer, "Check the address, the endpoint and the region."),
        };

        DownloadFailure Final(string reason, string advice) => new(reason, advice, isTransient: false, error);
    }

    /// <summary>S3 names it in a header, which its own exception does not pass on.</summary>
    private static string? RegionIn(AmazonS3Exception error) =>
        (error.InnerException as HttpErrorResponseException)?.Response?.GetHeaderValue("x-amz-bucket-region");
}
