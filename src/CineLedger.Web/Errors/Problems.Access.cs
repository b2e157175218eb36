using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace CineLedger.Web.Errors;

/// <summary>Problems with access rights and limits.</summary>
public static partial class Problems
{
    private const string Bearer = "Bearer realm=\"cineledger\"";
    private const string HowToSend = "send it as 'Authorization: Bearer KEY'; to create one, run cineledger keys create NAME.";

    public static ProblemException KeyRequired() => new(Create(
        "unauthorized",
        StatusCodes.Status401Unauthorized,
        $"from other machines and through proxies, reading requires a key: {HowToSend} On the server's own machine, use http://localhost.") with
    { Challenge = Bearer });

    public static ProblemException AdministratorKeyRequired() => new(Create(
        "unauthorized", StatusCodes.Status401Unauthorized, $"this requires an administrator's key: {HowToSend.TrimEnd('.')} --administrator.") with
    { Challenge = Bearer });

    public static ProblemException InvalidKey() => new(Create(
        "unauthorized", StatusCodes.Status401Unauthorized, "the key is unknown or was revoked; list the valid keys with cineledger keys list.") with
    {
        Challenge = $"{Bearer}, error=\"invalid_token\"",
    });

    /// <param name="name">The name of the key.</param>
    public static ProblemException NotAdministratorKey(string name) => new(Create(
        "forbidden", StatusCodes.Status403Forbidden, $"the key '{name}' can only read; this requires an administrator's key (cineledger keys create NAME --administrator)."));

    /// <param name="detail">What is not allowed, and how to allow it.</param>
    public static ProblemException Forbidden(string detail) => new(Create("forbidden", StatusCodes.Status403Forbidden, detail));

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
