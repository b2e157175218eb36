using System.CommandLine;
using CineLedger.Model;
using CineLedger.Web;

namespace CineLedger.Cli;

/// <summary>Options for access control, rate limits, CORS and SQL.</summary>
internal sealed class SecurityOptions
{
    private const string RequireKeyVariable = "CINELEDGER_REQUIRE_KEY";

    /// <summary>Set in the images of .NET.</summary>
    private const string ContainerVariable = "DOTNET_RUNNING_IN_CONTAINER";

    private readonly Option<bool> _public = new("--public") { Description = "Allow reading from other machines without a key. Writing always requires an administrator's key." };

    private readonly Option<bool?> _requireKey = new("--require-key")
    {
        Description = "Treat no request as local, so that reading always needs a key (or --public): for a proxy that forwards requests without a trace. "
            + $"Default: ${RequireKeyVariable}; otherwise on in a container, if $PORT is set, and with --behind-proxy.",
        Arity = ArgumentArity.ZeroOrOne,
        HelpName = "true|false",
    };

    private readonly Option<bool> _behindProxy = new("--behind-proxy")
    {
        Description = "All requests come through a proxy: no request is local, and the last address of X-Forwarded-For is the client's, for limits and the log.",
    };

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

    private readonly Option<string[]> _embed = new("--embed")
    {
        Description = "Origin whose pages may show figures of the dashboard in frames, such as https://movies.example; repeatable.",
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
        foreach (var option in (Option[])[_public, _requireKey, _behindProxy, _rate, _cors, _embed, _sql, _sqlTimeout])
        {
            command.Options.Add(option);
        }
    }

    public WebOptions Read(ParseResult parsed, WebOptions options) => options with
    {
        IsPublic = parsed.GetValue(_public),
        RequiresKey = ReadRequiresKey(parsed),
        IsBehindProxy = parsed.GetValue(_behindProxy),
        RatePerMinute = parsed.GetValue(_rate) switch
        {
            null => options.RatePerMinute,
            < 0 => throw new UsageException($"{_rate.Name}: must be 1 or more, or 0 for no limit."),
            var rate => rate.Value,
        },
        CorsOrigins = [.. parsed.GetValue(_cors)!.Select(text => text == "*" ? text : ParseOrigin(_cors, text, ", or * for all"))],
        EmbedOrigins = [.. parsed.GetValue(_embed)!.Select(text => ParseOrigin(_embed, text))],
        AllowsSql = parsed.GetValue(_sql),
        SqlTimeout = parsed.GetValue(_sqlTimeout) switch
        {
            null => options.SqlTimeout,
            < 1 or > 300 => throw new UsageException($"{_sqlTimeout.Name}: must be 1 to 300 seconds."),
            var seconds => TimeSpan.FromSeconds(seconds.Value),
        },
    };

    private bool ReadRequiresKey(ParseResult parsed)
    {
        var isGiven = parsed.GetResult(_requireKey) is { Implicit: false };
        var isProxied = parsed.GetValue(_behindProxy);
        var requires = isGiven ? parsed.GetValue(_requireKey) ?? true : ReadVariable(RequireKeyVariable);
        return requires == false && isProxied
            ? throw new UsageException($"{_behindProxy.Name}: cannot be combined with {_requireKey.Name} false, because every request would count as local.")
            : requires ?? (isProxied || ServeOptions.HasPort || ReadVariable(ContainerVariable) == true);
    }

    /// <summary>Returns the value of a variable; null when it is not set.</summary>
    private static bool? ReadVariable(string name) => Environment.GetEnvironmentVariable(name) switch
    {
        null or "" => null,
        "true" or "1" => true,
        "false" or "0" => false,
        var text => throw new UsageException($"${name}: '{text}' is not true or false."),
    };

    /// <summary>Parses an origin as browsers send it: scheme, host and optional port, without a path.</summary>
    private static string ParseOrigin(Option option, string text, string alternative = "") =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.GetLeftPart(UriPartial.Authority) == text
            ? text
            : throw new UsageException($"{option.Name}: '{text}' is not an origin; use an origin such as https://movies.example, without a path{alternative}.");
}
