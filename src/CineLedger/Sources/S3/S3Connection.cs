using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.Runtime.Credentials;
using Amazon.S3;
using CineLedger.Model;
using CineLedger.Sources.Http;

namespace CineLedger.Sources.S3;

/// <summary>
/// AWS' own client, set up as its command line would be: keys, profile, region and endpoint from the options, the environment and <c>~/.aws</c>.
/// One thing is otherwise: where no keys are named anywhere it asks without any, as public datasets allow, and does not look for those of a
/// virtual machine, which makes everybody else wait for an address that does not answer. A profile may name them (<c>credential_source</c>).
/// </summary>
internal sealed class S3Connection : IDisposable
{
    private S3Connection(AmazonS3Client client, string principal) => (Client, Principal) = (client, principal);

    public AmazonS3Client Client { get; }

    /// <summary>As whom it asks, for messages: <c>without credentials</c>, <c>with the keys of the environment</c>.</summary>
    public string Principal { get; }

    /// <exception cref="UsageException">The endpoint is no address, or there is no such profile.</exception>
    public static S3Connection Open(SourceOptions options)
    {
        var (credentials, profile, who) = FindCredentials(options.S3);
        var config = new AmazonS3Config
        {
            // Retries are the transfer's, which knows what has arrived already.
            MaxErrorRetry = 0,
            Timeout = Timeout.InfiniteTimeSpan,
            HttpClientFactory = new S3HttpClientFactory(options),
            // What arrives in parts cannot be checked by a checksum of the whole.
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        var region = options.S3.Region ?? GetVariable("AWS_REGION") ?? GetVariable("AWS_DEFAULT_REGION") ?? profile?.Region?.SystemName ?? "us-east-1";
        if (GetEndpoint(options.S3) is { } endpoint)
        {
            // Few servers have a name for each bucket.
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
            : throw new UsageException("The S3 endpoint (--s3-endpoint, AWS_ENDPOINT_URL) is no http(s) address. Write one like https://s3.example.com, without user and password.");
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
            return (new EnvironmentVariablesAWSCredentials(), null, "with the keys of the environment");
        }

        var named = options.Profile ?? GetVariable("AWS_PROFILE");
        var found = files.TryGetProfile(named ?? "default", out var profile);
        if (found && files.TryGetAWSCredentials(profile.Name, out var credentials))
        {
            return (credentials, profile, $"with the profile {profile.Name}");
        }

        if (named is not null)
        {
            throw new UsageException(found
                ? $"The AWS profile '{named}' has no keys. Add them to it (aws configure --profile {named}), or name another."
                : $"There is no AWS profile '{named}'. Name one of ~/.aws (--s3-profile, AWS_PROFILE), or ask without keys: --s3-anonymous.");
        }

        // A container has its keys from a service that the environment names.
        return GetVariable("AWS_CONTAINER_CREDENTIALS_FULL_URI") is not null || GetVariable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") is not null
            ? (DefaultAWSCredentialsIdentityResolver.GetCredentials(), profile, "with the container's keys")
            : (new AnonymousAWSCredentials(), profile, "without credentials");
    }

    private static string? GetVariable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    /// <summary>Clients with the time limits of any download, and its bounds where strangers name the address.</summary>
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
