using System.Data.Common;
using System.Text.RegularExpressions;
using CineLedger.Model;
using CineLedger.Reports.Queries;
using CineLedger.Storage;
using Microsoft.AspNetCore.Http;

namespace CineLedger.Web.Errors;

/// <summary>Creates all kinds of problems.</summary>
public static partial class Problems
{
    /// <summary>The kinds, with their titles.</summary>
    private static readonly Dictionary<string, string> Titles = new(StringComparer.Ordinal)
    {
        ["unknown-parameter"] = "Unknown parameter",
        ["bad-parameter"] = "Invalid parameter",
        ["bad-cursor"] = "Invalid cursor",
        ["bad-request"] = "Invalid request",
        ["not-acceptable"] = "Format not available",
        ["not-found"] = "Not found",
        ["method-not-allowed"] = "Method not allowed",
        ["unsupported-media-type"] = "Unsupported media type",
        ["too-large"] = "Request too large",
        ["too-long"] = "Address too long",
        ["unauthorized"] = "Key required",
        ["forbidden"] = "Not allowed",
        ["cross-site"] = "Request of another site",
        ["too-many-requests"] = "Too many requests",
        ["too-heavy"] = "Query too heavy",
        ["sql-limit"] = "SQL limit exceeded",
        ["key-reused"] = "Idempotency key reused",
        ["gated"] = "Stopped by a quality gate",
        ["bad-studios"] = "Invalid list of studios",
        ["busy"] = "Ledger busy",
        ["not-cancelable"] = "Load not cancelable",
        ["read-only"] = "Read-only server",
        ["too-many-listeners"] = "Listener limit reached",
        ["too-many-webhooks"] = "Webhook limit reached",
        ["no-snapshot"] = "No data loaded yet",
        ["behind"] = "Snapshot not replicated yet",
        ["unavailable"] = "Ledger unavailable",
        ["timed-out"] = "Request timed out",
        ["failed"] = "Unexpected error",
    };

    /// <summary>All values of <see cref="Problem.Type"/>.</summary>
    public static IEnumerable<string> Types => Titles.Keys.Select(type => $"/problems/{type}");

    public static ProblemException UnknownParameter(string name, IEnumerable<string> known)
    {
        var all = known.ToList();
        var hint = NearestNames.Find(name, all) is { Count: > 0 } near ? $"; did you mean {string.Join(" or ", near)}?"
            : all.Count == 0 ? "; this address has no parameters."
            : $"; valid parameters: {string.Join(", ", all)}.";
        return new(Create("unknown-parameter", StatusCodes.Status400BadRequest, $"there is no parameter '{name}'{hint}") with { Parameter = name });
    }

    /// <param name="name">The parameter.</param>
    /// <param name="detail">The text that follows the name.</param>
    public static ProblemException InvalidParameter(string name, string detail) =>
        new(Create("bad-parameter", StatusCodes.Status400BadRequest, $"{name}: {detail}") with { Parameter = name });

    public static ProblemException InvalidCursor(string detail) =>
        new(Create("bad-cursor", StatusCodes.Status400BadRequest, $"cursor: {detail} Start again without it.") with { Parameter = "cursor" });

    public static ProblemException NotAcceptable(string accept, IEnumerable<string> types) => new(Create(
        "not-acceptable",
        StatusCodes.Status406NotAcceptable,
        $"Accept: '{accept}' is not available; available formats: {string.Join(", ", types)}."));

    public static ProblemException NotFound(string detail) => new(Create("not-found", StatusCodes.Status404NotFound, detail));

    public static ProblemException NoSnapshotYet() => new(Create(
        "no-snapshot", StatusCodes.Status503ServiceUnavailable, "the ledger has no snapshot yet: load a dataset first (cineledger load SOURCE).") with
    { RetryAfter = 5 });

    public static ProblemException TooLarge(string detail) => new(Create("too-large", StatusCodes.Status413PayloadTooLarge, detail));

    /// <param name="detail">What is wrong with the body.</param>
    /// <param name="field">The field that caused the problem, or null.</param>
    public static ProblemException InvalidBody(string detail, string? field) =>
        new(Create("bad-request", StatusCodes.Status400BadRequest, $"the body is invalid: {detail}") with { Parameter = field });

    public static ProblemException BadRequest(string detail) => new(Create("bad-request", StatusCodes.Status400BadRequest, detail));

    public static ProblemException KeyReused(string detail) => new(Create("key-reused", StatusCodes.Status422UnprocessableEntity, detail));

    /// <param name="detail">Why the request cannot be served now.</param>
    /// <param name="seconds">The seconds after which to try again.</param>
    public static ProblemException RetryLater(string detail, int seconds) =>
        new(Create("busy", StatusCodes.Status503ServiceUnavailable, detail) with { RetryAfter = seconds });

    /// <param name="operations">What waits, in the plural.</param>
    /// <param name="seconds">The seconds after which to try again.</param>
    public static ProblemException QueueFull(string operations, int seconds) =>
        RetryLater($"too many {operations} are waiting on this server: try again in {seconds} seconds.", seconds);

    /// <summary>There is no space for another large response that its client receives slowly.</summary>
    public static ProblemException SpoolFull() =>
        RetryLater("too many large responses wait for their clients: try again later, ask for fewer rows, or receive earlier responses faster.", 30);

    /// <param name="seconds">The time that the store had to answer.</param>
    public static ProblemException StoreTooSlow(int seconds) => new(Unavailable($"the store did not answer within {seconds} seconds."));

    public static ProblemException Busy(string detail) => new(Create("busy", StatusCodes.Status409Conflict, detail));

    public static ProblemException NotCancelable(string detail) => new(Create("not-cancelable", StatusCodes.Status409Conflict, detail));

    public static ProblemException ReadOnlyServer() => new(Create(
        "read-only", StatusCodes.Status403Forbidden, "this server was started with --read-only: send the request to a server that was not."));

    /// <param name="max">The limit.</param>
    /// <param name="whose">Whose limit it is: empty for the server's.</param>
    public static ProblemException TooManyListeners(int max, string whose = "") => new(
        Create("too-many-listeners", StatusCodes.Status503ServiceUnavailable, $"the limit of {max} event streams{whose} is reached: try again later, or poll /api/v1/snapshots.")
        with
        { RetryAfter = 30 });

    public static ProblemException TooManyWebhooks(int max) => new(Create(
        "too-many-webhooks", StatusCodes.Status409Conflict, $"the limit of {max} webhooks is reached: delete one first."));

    /// <summary>Creates the problem for a status without further details.</summary>
    public static Problem FromStatus(int status, string method, string path) => status switch
    {
        StatusCodes.Status404NotFound => Create("not-found", status, $"there is nothing at {path}; the addresses of the API are listed at /docs and in /openapi/v1.json."),
        StatusCodes.Status405MethodNotAllowed => Create("method-not-allowed", status, $"{path} does not support {method}; the header Allow lists the supported methods."),
        StatusCodes.Status415UnsupportedMediaType => Create("unsupported-media-type", status, $"{path} does not support this content type."),
        StatusCodes.Status401Unauthorized => KeyRequired().Problem,
        StatusCodes.Status403Forbidden => Create("forbidden", status, $"this request to {path} is not allowed."),
        StatusCodes.Status414UriTooLong => Create("too-long", status, "the address exceeds the limit of this server."),
        StatusCodes.Status413PayloadTooLarge => Create("too-large", status, "the request exceeds the limit of this server."),
        StatusCodes.Status504GatewayTimeout => TimedOut,
        StatusCodes.Status505HttpVersionNotsupported => Create("bad-request", status, "this version of HTTP is not supported; use HTTP/1.1."),
        StatusCodes.Status431RequestHeaderFieldsTooLarge => Create("too-large", status, "the headers of the request exceed the limit of this server."),
        >= 500 => Create("failed", status, "an unexpected error occurred; the server's log has the reason under this request's ID."),
        _ => Create("bad-request", status, "the request is not valid HTTP and cannot be read; check its address and headers."),
    };

    public static Problem TimedOut { get; } =
        Create("timed-out", StatusCodes.Status504GatewayTimeout, "the request took longer than this server allows: narrow it, for example to fewer years.");

    /// <summary>The query ran out of memory, also when it was repeated alone.</summary>
    public static Problem TooHeavy { get; } = Create(
        "too-heavy",
        StatusCodes.Status422UnprocessableEntity,
        "the query needs more memory than this server has: narrow it to fewer years or names with where, or to fewer dimensions with by.");

    /// <summary>Creates the problem that describes a failure to the client, without internal details.</summary>
    public static Problem Create(Exception failure) => failure switch
    {
        ProblemException known => known.Problem,
        UsageException usage => FromUsageException(usage, "bad-parameter", StatusCodes.Status400BadRequest),
        UnknownMovieException unknown => Create("not-found", StatusCodes.Status404NotFound, unknown.Message),
        StaleReplicaException behind => Create("behind", StatusCodes.Status503ServiceUnavailable, behind.Message) with { RetryAfter = 1 },
        SqlNotPermittedException denied => Create("forbidden", StatusCodes.Status403Forbidden, denied.Message),
        QueryMemoryException => TooHeavy,
        SqlLimitException limit => FromUsageException(limit, "sql-limit", StatusCodes.Status422UnprocessableEntity),
        QualityGateException gate => Create("gated", StatusCodes.Status422UnprocessableEntity, gate.Message) with { Violations = gate.Violations },
        StudioListException list => Create("bad-studios", StatusCodes.Status422UnprocessableEntity, list.Message) with { Problems = list.Problems },
        LedgerBusyException busy => Create("busy", StatusCodes.Status409Conflict, busy.Message),
        LedgerException { InnerException: DbException } store => Unavailable(store.Message),
        LedgerException other => Create("unavailable", StatusCodes.Status503ServiceUnavailable, other.Message) with { RetryAfter = 5 },
        DbException when StoreEngine.Explain(failure) is { } explained => explained is QueryMemoryException ? TooHeavy : Unavailable(explained.Message),
        BadHttpRequestException bad => FromStatus(bad.StatusCode, "", ""),
        _ => FromStatus(StatusCodes.Status500InternalServerError, "", ""),
    };

    /// <summary>Creates the problem that describes a failure to a client that may not see addresses, roles, paths and the names of databases and hosts.</summary>
    public static Problem CreateWithoutDetails(Exception failure)
    {
        var problem = Create(failure);
        var detail = failure is ProblemException ? null : problem.Type switch
        {
            "/problems/unavailable" => "the ledger cannot be read at the moment; the server's log has the reason under this request's ID.",
            "/problems/busy" => "the ledger is in use at the moment: try again later.",
            "/problems/behind" => "this server has not received the snapshot yet: try again in a moment.",
            _ => null,
        };
        return detail is null ? problem : problem with { Detail = detail };
    }

    private static Problem Unavailable(string detail) => Create("unavailable", StatusCodes.Status503ServiceUnavailable, detail) with { RetryAfter = 5 };

    /// <summary>Replaces the options in a message of the library, such as <c>--where</c>, with the HTTP parameters of the same names.</summary>
    private static Problem FromUsageException(LedgerException usage, string type, int status)
    {
        var option = Option().Match(usage.Message);
        return Create(type, status, Option().Replace(usage.Message, "${name}")) with
        {
            Parameter = option is { Success: true, Index: 0 } ? option.Groups["name"].Value : null,
            UnresolvedName = (usage as UsageException)?.UnresolvedName,
            Candidates = usage is UsageException { Candidates: { Count: > 0 } candidates } ? candidates : null,
        };
    }

    private static Problem Create(string type, int status, string detail) => new($"/problems/{type}", Titles[type], status, detail);

    /// <summary>Matches at the beginning of a word, so that a quoted name that contains two hyphens is not changed.</summary>
    [GeneratedRegex(@"(?<![^\s(/])--(?<name>[a-z][a-z-]*)")]
    private static partial Regex Option();
}
