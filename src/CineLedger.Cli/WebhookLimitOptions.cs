using System.CommandLine;
using CineLedger.Model;
using CineLedger.Web;

namespace CineLedger.Cli;

/// <summary>Limits for webhooks and their deliveries.</summary>
internal sealed class WebhookLimitOptions
{
    private readonly Option<int?> _maxWebhooks = new("--max-webhooks") { Description = "Maximum number of registered webhooks. Default: 100.", HelpName = "N" };

    private readonly Option<int?> _maxAttempts = new("--webhook-tries")
    {
        Description = "Give up on a delivery after this many attempts, or after 24 hours. Default: 20.",
        HelpName = "N",
    };

    private readonly Option<int?> _timeout = new("--webhook-timeout") { Description = "Seconds to wait for the receiver's response. Default: 10.", HelpName = "SECONDS" };

    private readonly Option<string?> _overlap = new("--webhook-overlap")
    {
        Description = "How long the previous secret of a webhook also signs messages after it was replaced: 24h, 30m. Default: 24h.",
        HelpName = "TIME",
    };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_maxWebhooks, _maxAttempts, _timeout, _overlap])
        {
            command.Options.Add(option);
        }
    }

    public WebOptions Read(ParseResult parsed, WebOptions options) => options with
    {
        Webhooks = options.Webhooks with
        {
            MaxWebhooks = ReadInteger(parsed, _maxWebhooks, min: 0) ?? options.Webhooks.MaxWebhooks,
            MaxAttempts = ReadInteger(parsed, _maxAttempts, min: 1) ?? options.Webhooks.MaxAttempts,
            Timeout = ReadInteger(parsed, _timeout, min: 1) is { } seconds ? TimeSpan.FromSeconds(seconds) : options.Webhooks.Timeout,
            SecretOverlap = parsed.GetValue(_overlap) is { } overlap
                ? DurationParser.Parse(_overlap.Name, overlap, TimeSpan.Zero, TimeSpan.FromDays(30))
                : options.Webhooks.SecretOverlap,
        },
    };

    private static int? ReadInteger(ParseResult parsed, Option<int?> option, int min) => parsed.GetValue(option) switch
    {
        null => null,
        var value when value >= min => value,
        _ => throw new UsageException($"{option.Name}: must be {min} or more."),
    };
}
