using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.Runtime.Credentials;
using Amazon.S3;
using CineLedger.Model;
using CineLedger.Sources.Http;

namespace CineLedger.Sources.S3;

/// <summary>
/// The AWS client, configured like the AWS command line: keys, profile, region and endpoint come from the options, the environment and <c>~/.aws</c>. There
/// is one difference: if no keys are configured, requests are sent without credentials, which public datasets allow. The keys of a virtual machine are
/// not looked up, because on every other machine that would mean waiting for a timeout. A profile can request them (<c>credential_source</c>).
/// </summary>
internal sealed class S3Connection : IDisposable
{
    private S3Connection(AmazonS3Client client, string principal) => (Client, Principal) = (client, principal);

    public AmazonS3Client Client { get; }

    /// <summary>How requests are authenticated, for messages: <c>without credentials</c>, <c>with the keys from the environment</c>.</summary>
    public string Principal { get; }

    /// <exception cref="UsageException">The endpoint is not an address, or the profile does not exist or has no keys.</exception>
    public static S3Connection Open(SourceOptions options)
    {
        var (credentials, profile, who) = FindCredentials(options.S3);
        var config = new AmazonS3Config
        {
            // The transfer retries, because it can resume.
            MaxErrorRetry = 0,
            Timeout = Timeout.InfiniteTimeSpan,
            HttpClientFactory = new S3HttpClientFactory(options),
            // A checksum of the whole object cannot verify a partial response.
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        var region = options.S3.Region ?? GetVariable("AWS_REGION") ?? GetVariable("AWS_DEFAULT_REGION") ?? profile?.Region?.SystemName ?? "us-east-1";
        if (GetEndpoint(options.S3) is { } endpoint)
        {
            // Few servers have a host name for each bucket.
            (config.ServiceURL, config.ForcePathStyle, config.AuthenticationRegion) = (endpoint, true, region);
        }
        else
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        }
        return new S3Connection(new AmazonS3Client(credentials, config), who);
    }

    public void Dispose() => Client.Dispose();

    private static string? GetEndpoint(S3Options options)
    {
        var endpoint = options.Endpoint ?? GetVariable("AWS_ENDPOINT_URL_S3") ?? GetVariable("AWS_ENDPOINT_URL");
        return endpoint is null || (Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0)
            ? endpoint
            : throw new UsageException(
                "The S3 endpoint (--s3-endpoint, AWS_ENDPOINT_URL) is not an http(s) address. Give one like https://s3.example.com, without user and password.");
    }

    private static (AWSCredentials Credentials, CredentialProfile? Profile, string Who) FindCredentials(S3Options options)
    {
        if (options.IsAnonymous)
        {
            return (new AnonymousAWSCredentials(), null, "without credentials");
        }

        var files = new CredentialProfileStoreChain();
        if (options.Profile is null && GetVariable("AWS_ACCESS_KEY_ID") is not null && GetVariable("AWS_SECRET_ACCESS_KEY") is not null)
        {
            return (new EnvironmentVariablesAWSCredentials(), null, "with the keys from the environment");
        }

        var profileName = options.Profile ?? GetVariable("AWS_PROFILE");
        var found = files.TryGetProfile(profileName ?? "default", out var profile);
        if (found && files.TryGetAWSCredentials(profile.Name, out var credentials))
        {
            return (credentials, profile, $"with the profile {profile.Name}");
        }

        if (profileName is not null)
        {
            throw new UsageException(found
                ? $"The AWS profile '{profileName}' has no keys. Add them (aws configure --profile {profileName}), or use another profile."
                : $"There is no AWS profile '{profileName}'. Use one from ~/.aws (--s3-profile, AWS_PROFILE), or send no keys (--s3-anonymous).");
        }

        // A container gets its keys from a service whose address is in the environment.
        return GetVariable("AWS_CONTAINER_CREDENTIALS_FULL_URI") is not null || GetVariable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") is not null
            ? (DefaultAWSCredentialsIdentityResolver.GetCredentials(), profile, "with the container's keys")
            : (new AnonymousAWSCredentials(), profile, "without credentials");
    }

    private static string? GetVariable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    /// <summary>Creates clients with the time limits of other downloads and their restriction to public hosts.</summary>
    private sealed class S3HttpClientFactory(SourceOptions options) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig)
        {
            var handler = PublicNetwork.CreateHandler(options.RequiresPublicHosts);
            handler.ConnectTimeout = options.ConnectTimeout;
            return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        }

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

        public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => true;
    }
}
