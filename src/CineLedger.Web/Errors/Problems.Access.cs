using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace CineLedger.Web.Errors;

/// <summary>Problems with access rights and limits.</summary>
public static partial class Problems
{
    private const string Bearer = "Bearer realm=\"cineledger\"";
    private const string InvalidToken = $"{Bearer}, error=\"invalid_token\"";
    private const string HowToSend = "send it as 'Authorization: Bearer KEY'; to create one, run cineledger keys create NAME.";

    public static ProblemException KeyRequired() => new(Create(
        "unauthorized",
        StatusCodes.Status401Unauthorized,
        $"from other machines and through proxies, reading requires a key: {HowToSend} On the server's own machine, http://localhost needs none, unless the server runs with --require-key.") with
    { Challenge = Bearer });

    /// <param name="scope">The scope that the request requires.</param>
    public static ProblemException KeyRequired(string scope) => new(Create(
        "unauthorized", StatusCodes.Status401Unauthorized, $"this requires a key with the scope {scope}: {HowToSend.TrimEnd('.')} --scope {scope}.") with
    { Challenge = Bearer });

    public static ProblemException InvalidKey() => new(Create(
        "unauthorized", StatusCodes.Status401Unauthorized, "the key is unknown or was revoked; list the valid keys with cineledger keys list.") with
    {
        Challenge = InvalidToken,
    });

    public static ProblemException ExpiredKey(string name, DateTime expiredAt) => new(Create(
        "unauthorized",
        StatusCodes.Status401Unauthorized,
        string.Create(CultureInfo.InvariantCulture, $"the key '{name}' expired at {expiredAt:u}: create a new one with cineledger keys create NAME --expires 90d.")) with
    {
        Challenge = InvalidToken,
    });

    /// <param name="name">The name of the key.</param>
    /// <param name="scopes">The scopes of the key.</param>
    /// <param name="scope">The scope that the request requires.</param>
    public static ProblemException MissingScope(string name, string scopes, string scope) => new(Create(
        "forbidden", StatusCodes.Status403Forbidden, $"the key '{name}' has the scopes {scopes}; this requires {scope} (cineledger keys create NAME --scope {scope})."));

    /// <param name="detail">What is not allowed, and how to allow it.</param>
    public static ProblemException Forbidden(string detail) => new(Create("forbidden", StatusCodes.Status403Forbidden, detail));

    public static ProblemException CrossSite() => new(Create(
        "cross-site",
        StatusCodes.Status403Forbidden,
        "pages of other sites may not send requests to this server, unless serve --cors ORIGIN lists theirs; a proxy must pass on the host name (Host or X-Forwarded-Host)."));

    public static ProblemException TooManyRequests(int perMinute, int retryAfter) => new(Create(
        "too-many-requests",
        StatusCodes.Status429TooManyRequests,
        string.Create(CultureInfo.InvariantCulture, $"the limit is {perMinute} requests per minute for each key and each address without a key: try again later."))
    with
    {
        RetryAfter = retryAfter,
    });

    /// <param name="max">The limit of requests in progress.</param>
    public static ProblemException TooManyAtOnce(int max) => new(Create(
        "too-many-requests",
        StatusCodes.Status429TooManyRequests,
        string.Create(CultureInfo.InvariantCulture, $"the limit is {max} requests at once for each key and each address without a key: wait for earlier ones to end."))
    with
    {
        RetryAfter = 1,
    });

    public static ProblemException AddressTooLong(int max) => new(Create(
        "too-long",
        StatusCodes.Status414UriTooLong,
        string.Create(CultureInfo.InvariantCulture, $"the address is longer than {max} characters: split the request into smaller ones.")));

    public static ProblemException UnsupportedMediaType(string detail) => new(Create("unsupported-media-type", StatusCodes.Status415UnsupportedMediaType, detail));

    public static ProblemException TooLarge(long max) => new(Create(
        "too-large", StatusCodes.Status413PayloadTooLarge, string.Create(CultureInfo.InvariantCulture, $"the body is larger than {max} bytes.")));

    public static ProblemException KeysUnavailable() => new(Unavailable("the server cannot read its keys at the moment; see its log."));
}
