using System.CommandLine;
using CineLedger.Model;
using CineLedger.Sources;
using CineLedger.Sources.Decoding;

namespace CineLedger.Cli;

/// <summary>Options for fetching and reading sources: for downloads, <c>--timeout</c> and <c>--retries</c>, for S3, <c>--s3-…</c>, and the limits of sources.</summary>
internal sealed class FetchOptions
{
    private readonly Option<int?> _timeout = new("--timeout")
    {
        Description = $"Abort a download when the server sends nothing for this many seconds. Default: {SourceOptions.Default.StallTimeout.TotalSeconds:0}.",
        HelpName = "SECONDS",
    };

    private readonly Option<int?> _retries = new("--retries")
    {
        Description = $"How many times an interrupted download is resumed. Default: {SourceOptions.Default.Attempts - 1}.",
        HelpName = "N",
    };

    private readonly Option<string?> _endpoint = new("--s3-endpoint")
    {
        Description = "Address of an S3-compatible server. Default: $AWS_ENDPOINT_URL_S3, $AWS_ENDPOINT_URL, otherwise AWS.",
        HelpName = "URL",
    };

    private readonly Option<string?> _region = new("--s3-region")
    {
        Description = "Region of the bucket. Default: $AWS_REGION, the profile's region, otherwise us-east-1.",
        HelpName = "NAME",
    };

    private readonly Option<string?> _profile = new("--s3-profile")
    {
        Description = "Profile in ~/.aws that holds the keys. Default: $AWS_PROFILE, or the keys in the environment.",
        HelpName = "NAME",
    };

    private readonly Option<string?> _encoding = new("--encoding")
    {
        Description = "The encoding of the files, such as windows-1252 or utf-16. Default: detected for each file.",
        HelpName = "NAME",
    };

    private readonly Option<bool> _anonymous = new("--s3-anonymous") { Description = "Access S3 without keys, even if some are configured." };

    /// <summary>Options for the limits of any source. A server applies them to all its loads, not only to scheduled ones.</summary>
    public SourceLimitOptions Limits { get; } = new();

    /// <summary>The options for downloads, without <see cref="Limits"/>.</summary>
    public IReadOnlyList<Option> All => [_endpoint, _region, _profile, _anonymous, _timeout, _retries, _encoding];

    public void AddTo(Command command)
    {
        foreach (var option in All)
        {
            command.Options.Add(option);
        }

        Limits.AddTo(command);
    }

    public SourceOptions Read(ParseResult parsed)
    {
        if (parsed.GetValue(_timeout) is < 1 or > 86_400)
        {
            throw new UsageException("--timeout: must be 1 to 86400 seconds.");
        }

        if (parsed.GetValue(_retries) is < 0 or > 100)
        {
            throw new UsageException("--retries: must be 0 to 100.");
        }

        var options = Limits.Read(parsed, SourceOptions.Default);
        var stall = parsed.GetValue(_timeout) is { } seconds ? TimeSpan.FromSeconds(seconds) : options.StallTimeout;
        return options with
        {
            StallTimeout = stall,
            Encoding = parsed.GetValue(_encoding) is { } encoding ? SourceEncoding.Parse(encoding) : null,
            ConnectTimeout = stall < options.ConnectTimeout ? stall : options.ConnectTimeout,
            S3 = new S3Options
            {
                Endpoint = parsed.GetValue(_endpoint),
                Region = parsed.GetValue(_region),
                Profile = parsed.GetValue(_profile),
                IsAnonymous = parsed.GetValue(_anonymous) && parsed.GetValue(_profile) is not null
                    ? throw new UsageException("--s3-profile and --s3-anonymous: use one, not both.") : parsed.GetValue(_anonymous),
            },
            Attempts = 1 + (parsed.GetValue(_retries) ?? options.Attempts - 1),
        };
    }
}
