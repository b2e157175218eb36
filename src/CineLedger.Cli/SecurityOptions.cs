using System.CommandLine;
using CineLedger.Model;
using CineLedger.Web;

namespace CineLedger.Cli;

/// <summary>Options for access control, rate limits, CORS and SQL.</summary>
internal sealed class SecurityOptions
{
    private readonly Option<bool> _public = new("--public") { Description = "Allow reading from other machines without a key. Writing always requires an administrator's key." };

    private readonly Option<int?> _rate = new("--rate-limit")
    {
        Description = "Requests per minute for each key, and for each address without a key; 0 for no limit. Default: 6000. Requests from this machine are not limited.",
        HelpName = "N",
    };

    private readonly Option<string[]> _cors = new("--cors")
    {
        Description = "Origin whose pages may call the API from a browser, such as https://movies.example; repeatable. * allows all.",
        HelpName = "ORIGIN",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<bool> _sql = new("--allow-sql") { Description = "Accept SQL at /api/v1/sql. It is read-only, but can read everything in the ledger." };

    private readonly Option<int?> _sqlTimeout = new("--sql-timeout")
    {
        Description = "Seconds that a SQL statement may take, from 1 to 300. Default: 30.",
        HelpName = "SECONDS",
    };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_public, _rate, _cors, _sql, _sqlTimeout])
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
            < 0 => throw new UsageException($"{_rate.Name}: must be 1 or more, or 0 for no limit."),
            var rate => rate.Value,
        },
        CorsOrigins = [.. parsed.GetValue(_cors)!.Select(ParseOrigin)],
        AllowsSql = parsed.GetValue(_sql),
        SqlTimeout = parsed.GetValue(_sqlTimeout) switch
        {
            null => options.SqlTimeout,
            < 1 or > 300 => throw new UsageException($"{_sqlTimeout.Name}: must be 1 to 300 seconds."),
            var seconds => TimeSpan.FromSeconds(seconds.Value),
        },
    };

    /// <summary>Parses an origin as browsers send it: scheme, host and optional port, without a path.</summary>
    private string ParseOrigin(string text) =>
        text == "*" || (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.GetLeftPart(UriPartial.Authority) == text)
            ? text
            : throw new UsageException($"{_cors.Name}: '{text}' is not an origin; use an origin such as https://movies.example, without a path, or * for all.");
}
