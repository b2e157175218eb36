using System.Net;
using System.Net.Sockets;
using Amazon.Runtime.Internal;
using Amazon.S3;
using CineLedger.Sources.Http;

namespace CineLedger.Sources.S3;

/// <summary>Translates S3 errors into messages that say what to do.</summary>
internal static class S3Errors
{
    /// <param name="error">The exception of the client.</param>
    /// <param name="place">The requested location.</param>
    /// <param name="principal">See <see cref="S3Connection.Principal"/>.</param>
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

        // The client wraps network failures. The inner exceptions are those of any download.
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
        var response = $"the server returned {status} ({error.ErrorCode ?? error.StatusCode.ToString()})";
        return error.ErrorCode switch
        {
            "NoSuchBucket" => CreateFinal($"there is no bucket {place.Bucket}", "Check the address, and the endpoint if it is not AWS."),
            "NoSuchKey" => CreateFinal("the bucket has no object with this key", "Check the key, which is case-sensitive."),
            "InvalidAccessKeyId" => CreateFinal(
                $"the access key is unknown to the server (request sent {principal})", "Check AWS_ACCESS_KEY_ID or the profile, and the endpoint."),
            "SignatureDoesNotMatch" => CreateFinal(
                $"the secret key does not match the access key (request sent {principal})", "Check AWS_SECRET_ACCESS_KEY or the profile."),
            "ExpiredToken" or "TokenRefreshRequired" or "InvalidToken" => CreateFinal(
                $"the session token has expired (request sent {principal})", "Log in again (aws sso login), or renew AWS_SESSION_TOKEN."),
            "RequestTimeTooSkewed" => CreateFinal("this machine's clock deviates from the server's by more than the server allows", "Set the clock."),
            "PermanentRedirect" or "TemporaryRedirect" or "AuthorizationHeaderMalformed" or "IllegalLocationConstraintException" => CreateFinal(
                $"{response}: the bucket is in another region{(GetRegion(error) is { } region ? $", {region}" : "")}", "Set the region: --s3-region."),
            _ when error.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized => CreateFinal(
                $"access denied (request sent {principal})",
                "Check the keys or the profile and their permissions (s3:GetObject; s3:ListBucket for several objects). A missing object may cause the same error."),
            _ when error.StatusCode == HttpStatusCode.NotFound => CreateFinal(response, "Check the bucket and the key."),
            _ when status is 429 or >= 500 || error.ErrorCode is "SlowDown" or "RequestTimeout" => new(response, "Try again later.", true, error),
            _ => CreateFinal(response, "Check the address, the endpoint and the region."),
        };

        DownloadFailure CreateFinal(string reason, string advice) => new(reason, advice, isTransient: false, error);
    }

    /// <summary>Reads the bucket's region from a response header, which the client's exception does not expose.</summary>
    private static string? GetRegion(AmazonS3Exception error) =>
        (error.InnerException as HttpErrorResponseException)?.Response?.GetHeaderValue("x-amz-bucket-region");
}
