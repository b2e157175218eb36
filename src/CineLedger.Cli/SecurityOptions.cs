using System.CommandLine;
using CineLedger.Model;
using CineLedger.Web;

namespace CineLedger.Cli;

/// <summary>Who may ask a server, how often, and for what.</summary>
internal sealed class SecurityOptions
{
    private readonly Option<bool> _public = new("--public") { Description = "Anybody may read from other machines, without a key. Writing always takes an administrator's." };

    private readonly Option<int?> _rate = new("--rate-limit")
    {
        Description = "Requests that each key, and each address without one, may make in a minute; 0 for any number. Default 6000. This machine's own are not counted.",
        HelpName = "N",
    };

    private readonly Option<string[]> _cors = new("--cors")
    {
        Description = "Origin whose pages may ask from a browser, https://movies.example for one; repeatable. * for all.",
        HelpName = "ORIGIN",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<bool> _sql = new("--allow-sql") { Description = "Take SQL at /api/v1/sql. It only reads, but may ask for anything in the ledger." };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_public, _rate, _cors, _sql])
        {
            command.Options.Add(option);
        }
    }

    public WebOptions Read(ParseResult parsed, WebOptions options) => options with
    {
        IsPublic = parsed.GetValue(_public),
        RatePerMinute = parsed.GetValue(_rate) switch
        {
            null => options.RatePerMinute,
            < 0 => throw new UsageException($"{_rate.Name}: write 1 or more, or 0 for any number."),
            var rate => rate.Value,
        },
        CorsOrigins = [.. parsed.GetValue(_cors)!.Select(ParseOrigin)],
        AllowsSql = parsed.GetValue(_sql),
    };

    /// <summary>An origin as browsers send it: scheme, host and perhaps port, and nothing behind.</summary>
    private string ParseOrigin(string text) =>
        text == "*" || (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.GetLeftPart(UriPartial.Authority) == text)
            ? text
            : throw new UsageException($"{_cors.Name}: '{text}' is no origin; write https://movies.example, without a path, or * for all.");
}
