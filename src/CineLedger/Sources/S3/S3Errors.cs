using System.Net;
using System.Net.Sockets;
using Amazon.Runtime.Internal;
using Amazon.S3;
using CineLedger.Sources.Http;

namespace CineLedger.Sources.S3;

/// <summary>What S3 refuses, in words that say what to do.</summary>
internal static class S3Errors
{
    /// <param name="error">What the client threw.</param>
    /// <param name="place">What was asked for.</param>
    /// <param name="principal">As whom; see <see cref="S3Connection.Principal"/>.</param>
    public static DownloadFailure FromException(Exception error, S3Location place, string principal)
    {
        if (error is DownloadFailure known)
        {
            return known;
        }

        if (error is AmazonS3Exception { StatusCode: not 0 } refused)
        {
            return FromResponse(refused, place, principal);
        }

        // The client wraps failures of the network in its own; underneath they are those of any download.
        for (var cause = error; cause is not null; cause = cause.InnerException)
        {
            if (cause is HttpRequestException or IOException or SocketException)
            {
                return DownloadFailure.FromException(cause);
            }
        }
        return new DownloadFailure(error.Message.TrimEnd('.'), "Check the address, the endpoint and the keys.", isTransient: false, error);
    }

    private static DownloadFailure FromResponse(AmazonS3Exception error, S3Location place, string principal)
    {
        var status = (int)error.StatusCode;
        var response = $"the server answers {status} ({error.ErrorCode ?? error.StatusCode.ToString()})";
        return error.ErrorCode switch
        {
            "NoSuchBucket" => CreateFinal($"there is no bucket {place.Bucket}", "Check the address, and the endpoint if it is not AWS."),
            "NoSuchKey" => CreateFinal("the bucket holds no object of that key", "Check the key; capitals count."),
            "InvalidAccessKeyId" => CreateFinal($"the server does not know the access key, asked {principal}", "Check AWS_ACCESS_KEY_ID or the profile, and the endpoint."),
            "SignatureDoesNotMatch" => CreateFinal($"the secret key does not fit the access key, asked {principal}", "Check AWS_SECRET_ACCESS_KEY or the profile."),
            "ExpiredToken" or "TokenRefreshRequired" or "InvalidToken" => CreateFinal($"the session token has expired, asked {principal}", "Log in again (aws sso login), or renew AWS_SESSION_TOKEN."),
            "RequestTimeTooSkewed" => CreateFinal("this machine's clock is wrong by more than the server allows", "Set the clock."),
            "PermanentRedirect" or "TemporaryRedirect" or "AuthorizationHeaderMalformed" or "IllegalLocationConstraintException" => CreateFinal(
                $"{response}: the bucket is in another region{(GetRegion(error) is { } region ? $", {region}" : "")}", "Name its region: --s3-region."),
            _ when error.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized => CreateFinal(
                $"access denied, asked {principal}", "Check the keys or the profile and what they may read (s3:GetObject, s3:ListBucket for several); an object that is not there may look the same."),
            _ when error.StatusCode == HttpStatusCode.NotFound => CreateFinal(response, "Check the bucket and the key."),
            _ when status is 429 or >= 500 || error.ErrorCode is "SlowDown" or "RequestTimeout" => new(response, "Try again later.", true, error),
            _ => CreateFinal(response, "Check the address, the endpoint and the region."),
        };

        DownloadFailure CreateFinal(string reason, string advice) => new(reason, advice, isTransient: false, error);
    }

    /// <summary>S3 names it in a header, which its own exception does not pass on.</summary>
    private static string? GetRegion(AmazonS3Exception error) =>
        (error.InnerException as HttpErrorResponseException)?.Response?.GetHeaderValue("x-amz-bucket-region");
}
