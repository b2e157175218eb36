using System.Data.Common;
using System.Text.RegularExpressions;
using CineLedger.Model;
using CineLedger.Reports.Queries;
using CineLedger.Storage;
using Microsoft.AspNetCore.Http;

namespace CineLedger.Web.Errors;

/// <summary>All kinds of problems that requests may have.</summary>
public static partial class Problems
{
    /// <summary>The kinds, with their titles.</summary>
    private static readonly Dictionary<string, string> Titles = new(StringComparer.Ordinal)
    {
        ["unknown-parameter"] = "There is no such parameter",
        ["bad-parameter"] = "A parameter has a value that it cannot have",
        ["bad-cursor"] = "The cursor belongs to another question, or is none",
        ["bad-request"] = "The request cannot be read",
        ["not-acceptable"] = "The answer cannot be had in that format",
        ["not-found"] = "There is nothing there",
        ["method-not-allowed"] = "The method cannot be used there",
        ["unsupported-media-type"] = "The body is of a kind that is not taken there",
        ["too-large"] = "The request is too large",
        ["too-long"] = "The address is too long",
        ["unauthorized"] = "A key is needed",
        ["forbidden"] = "That is not allowed here",
        ["too-many-requests"] = "There are too many requests",
        ["sql-limit"] = "The statement takes more than one may",
        ["key-reused"] = "The key belongs to another body",
        ["busy"] = "The ledger is being loaded",
        ["read-only"] = "The server only reads",
        ["too-many-listeners"] = "As many are listening as may",
        ["too-many-webhooks"] = "There are as many webhooks as may be",
        ["no-snapshot"] = "The ledger is empty yet",
        ["behind"] = "The snapshot has not arrived here yet",
        ["unavailable"] = "The ledger cannot be read at the moment",
        ["timed-out"] = "The answer takes too long",
        ["failed"] = "The server failed",
    };

    /// <summary>All that <see cref="Problem.Type"/> may be.</summary>
    public static IEnumerable<string> Types => Titles.Keys.Select(type => $"/problems/{type}");

    public static ProblemException UnknownParameter(string name, IEnumerable<string> known)
    {
        var all = known.ToList();
        var hint = NearestNames.Find(name, all) is { Count: > 0 } near ? $"; did you mean {string.Join(" or ", near)}?"
            : all.Count == 0 ? "; it takes none."
            : $"; there are {string.Join(", ", all)}.";
        return new(Create("unknown-parameter", StatusCodes.Status400BadRequest, $"there is no parameter '{name}'{hint}") with { Parameter = name });
    }

    /// <param name="name">The parameter.</param>
    /// <param name="detail">The end of a sentence that begins with it.</param>
    public static ProblemException InvalidParameter(string name, string detail) =>
        new(Create("bad-parameter", StatusCodes.Status400BadRequest, $"{name}: {detail}") with { Parameter = name });

    public static ProblemException InvalidCursor(string detail) =>
        new(Create("bad-cursor", StatusCodes.Status400BadRequest, $"cursor: {detail} Begin again without it.") with { Parameter = "cursor" });

    public static ProblemException NotAcceptable(string accept, IEnumerable<string> types) => new(Create(
        "not-acceptable",
        StatusCodes.Status406NotAcceptable,
        $"Accept: the answer can be had as {string.Join(", ", types)}, not as '{accept}'."));

    public static ProblemException NotFound(string detail) => new(Create("not-found", StatusCodes.Status404NotFound, detail));

    public static ProblemException NoSnapshotYet() => new(
        Create("no-snapshot", StatusCodes.Status503ServiceUnavailable, "the ledger holds no snapshot yet: load a dataset first (cineledger load SOURCE).") with { RetryAfter = 5 });

    public static ProblemException TooLarge(string detail) => new(Create("too-large", StatusCodes.Status413PayloadTooLarge, detail));

    /// <param name="detail">The end of a sentence about the body.</param>
    /// <param name="field">The field to blame; null where it is none.</param>
    public static ProblemException InvalidBody(string detail, string? field) =>
        new(Create("bad-request", StatusCodes.Status400BadRequest, $"the body cannot be taken: {detail}") with { Parameter = field });

    public static ProblemException BadRequest(string detail) => new(Create("bad-request", StatusCodes.Status400BadRequest, detail));

    public static ProblemException KeyReused(string detail) => new(Create("key-reused", StatusCodes.Status422UnprocessableEntity, detail));

    /// <param name="detail">Why it cannot be done now.</param>
    /// <param name="seconds">After which to try again.</param>
    public static ProblemException RetryLater(string detail, int seconds) =>
        new(Create("busy", StatusCodes.Status503ServiceUnavailable, detail) with { RetryAfter = seconds });

    public static ProblemException Busy(string detail) => new(Create("busy", StatusCodes.Status409Conflict, detail));

    public static ProblemException ReadOnlyServer() => new(Create(
        "read-only", StatusCodes.Status403Forbidden, "this server was started to read only (--read-only): ask one that was not."));

    public static ProblemException TooManyListeners(int max) => new(
        Create("too-many-listeners", StatusCodes.Status503ServiceUnavailable, $"{max} are listening, and more may not here: come back later, or ask /api/v1/snapshots now and then.")
        with
        { RetryAfter = 30 });

    public static ProblemException TooManyWebhooks(int max) => new(Create(
        "too-many-webhooks", StatusCodes.Status409Conflict, $"there are {max} webhooks, and no more may be: take one away first."));

    /// <summary>A status that nobody has said more about.</summary>
    public static Problem FromStatus(int status, string method, string path) => status switch
    {
        StatusCodes.Status404NotFound => Create("not-found", status, $"there is nothing at {path}; /openapi/v1.json lists what there is."),
        StatusCodes.Status405MethodNotAllowed => Create("method-not-allowed", status, $"{path} does not take {method}; the header Allow says what it does."),
        StatusCodes.Status415UnsupportedMediaType => Create("unsupported-media-type", status, $"{path} does not take a body of this content type."),
        StatusCodes.Status401Unauthorized => KeyRequired().Problem,
        StatusCodes.Status403Forbidden => Create("forbidden", status, $"{path} may not be used like that."),
        StatusCodes.Status414UriTooLong => Create("too-long", status, "the address is longer than this server takes."),
        StatusCodes.Status413PayloadTooLarge => Create("too-large", status, "the request is larger than this server takes."),
        StatusCodes.Status504GatewayTimeout => TimedOut,
        >= 500 => Create("failed", status, "the server failed; its log says why, under this request's number."),
        _ => Create("bad-request", status, "the request cannot be read."),
    };

    public static Problem TimedOut { get; } =
        Create("timed-out", StatusCodes.Status504GatewayTimeout, "the answer takes longer than this server gives a request; narrow the question, by years for one.");

    /// <summary>What a failure is to whoever asked. Nothing of the program's inside is told.</summary>
    public static Problem Create(Exception failure) => failure switch
    {
        ProblemException known => known.Problem,
        UsageException usage => FromUsageException(usage, "bad-parameter", StatusCodes.Status400BadRequest),
        UnknownMovieException unknown => Create("not-found", StatusCodes.Status404NotFound, unknown.Message),
        StaleReplicaException behind => Create("behind", StatusCodes.Status503ServiceUnavailable, behind.Message) with { RetryAfter = 1 },
        SqlLimitException limit => FromUsageException(limit, "sql-limit", StatusCodes.Status422UnprocessableEntity),
        LedgerBusyException busy => Create("busy", StatusCodes.Status409Conflict, busy.Message),
        LedgerException { InnerException: DbException } store => Unavailable(store.Message),
        LedgerException other => Create("unavailable", StatusCodes.Status503ServiceUnavailable, other.Message) with { RetryAfter = 5 },
        DbException when StoreEngine.Explain(failure) is { } explained => Unavailable(explained.Message),
        BadHttpRequestException bad => FromStatus(bad.StatusCode, "", ""),
        _ => FromStatus(StatusCodes.Status500InternalServerError, "", ""),
    };

    private static Problem Unavailable(string detail) => Create("unavailable", StatusCodes.Status503ServiceUnavailable, detail) with { RetryAfter = 5 };

    /// <summary>The library speaks of options, <c>--where</c>; over HTTP they are parameters of the same names.</summary>
    private static Problem FromUsageException(LedgerException usage, string type, int status)
    {
        var option = Option().Match(usage.Message);
        return Create(type, status, Option().Replace(usage.Message, "${name}")) with
        {
            Parameter = option is { Success: true, Index: 0 } ? option.Groups["name"].Value : null,
        };
    }

    private static Problem Create(string type, int status, string detail) => new($"/problems/{type}", Titles[type], status, detail);

    /// <summary>At the beginning of a word, so that a quoted name with two hyphens in it stays as it was written.</summary>
    [GeneratedRegex(@"(?<![^\s(/])--(?<name>[a-z][a-z-]*)")]
    private static partial Regex Option();
}
