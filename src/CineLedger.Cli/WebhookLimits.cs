using System.CommandLine;
using CineLedger.Model;
using CineLedger.Web;

namespace CineLedger.Cli;

/// <summary>How many webhooks a server takes, and how long it tries to deliver to them.</summary>
internal sealed class WebhookLimits
{
    private readonly Option<int?> _most = new("--max-webhooks") { Description = "How many webhooks may be registered. Default 100.", HelpName = "N" };

    private readonly Option<int?> _tries = new("--webhook-tries")
    {
        Description = "After so many tries a delivery is given up; after 24 hours it is, too. Default 20.",
        HelpName = "N",
    };

    private readonly Option<int?> _timeout = new("--webhook-timeout") { Description = "Seconds that a receiver may take to answer. Default 10.", HelpName = "SECONDS" };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_most, _tries, _timeout])
        {
            command.Options.Add(option);
        }
    }

    public WebOptions Read(ParseResult parsed, WebOptions options) => options with
    {
        Webhooks = options.Webhooks with
        {
            Most = Whole(parsed, _most, least: 0) ?? options.Webhooks.Most,
            MostTries = Whole(parsed, _tries, least: 1) ?? options.Webhooks.MostTries,
            Timeout = Whole(parsed, _timeout, least: 1) is { } seconds ? TimeSpan.FromSeconds(seconds) : options.Webhooks.Timeout,
        },
    };

    private static int? Whole(ParseResult parsed, Option<int?> option, int least) => parsed.GetValue(option) switch
    {
        null => null,
        var value when value >= least => value,
        _ => throw new UsageException($"{option.Name}: write {least} or more."),
    };
}
