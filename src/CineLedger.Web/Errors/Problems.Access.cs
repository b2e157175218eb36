using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace CineLedger.Web.Errors;

/// <summary>Problems of who asks, and of how much.</summary>
public static partial class Problems
{
    private const string Bearer = "Bearer realm=\"cineledger\"";
    private const string HowToSend = "send it as 'Authorization: Bearer KEY'; cineledger keys create makes one.";

    public static ProblemException KeyRequired() => new(Create(
        "unauthorized",
        StatusCodes.Status401Unauthorized,
        $"from other machines, and through proxies, reading takes a key: {HowToSend} On the server's own machine, ask at http://localhost.") with
    { Challenge = Bearer });

    public static ProblemException AdministratorKeyRequired() => new(Create(
        "unauthorized", StatusCodes.Status401Unauthorized, $"this takes an administrator's key: {HowToSend.TrimEnd('.')} (--administrator).") with
    { Challenge = Bearer });

    public static ProblemException InvalidKey() => new(Create(
        "unauthorized", StatusCodes.Status401Unauthorized, "the key is none of this ledger's, or was revoked; cineledger keys list shows those that are good.") with
    {
        Challenge = $"{Bearer}, error=\"invalid_token\"",
    });

    /// <param name="name">The key's.</param>
    public static ProblemException NotAdministratorKey(string name) => new(Create(
        "forbidden", StatusCodes.Status403Forbidden, $"the key '{name}' reads; this takes an administrator's (cineledger keys create NAME --administrator)."));

    /// <param name="detail">What is not allowed, and how it would be.</param>
    public static ProblemException Forbidden(string detail) => new(Create("forbidden", StatusCodes.Status403Forbidden, detail));

    public static ProblemException TooManyRequests(int perMinute, int retryAfter) => new(Create(
        "too-many-requests",
        StatusCodes.Status429TooManyRequests,
        string.Create(CultureInfo.InvariantCulture, $"this server takes {perMinute} requests a minute of each key, and of each address without one: wait a little.")) with
    {
        RetryAfter = retryAfter,
    });

    public static ProblemException AddressTooLong(int max) => new(Create(
        "too-long", StatusCodes.Status414UriTooLong, string.Create(CultureInfo.InvariantCulture, $"the address has more than {max} letters: ask for less at once.")));

    public static ProblemException UnsupportedMediaType(string detail) => new(Create("unsupported-media-type", StatusCodes.Status415UnsupportedMediaType, detail));

    public static ProblemException TooLarge(long max) => new(Create(
        "too-large", StatusCodes.Status413PayloadTooLarge, string.Create(CultureInfo.InvariantCulture, $"the body has more than {max} bytes.")));

    public static ProblemException KeysUnavailable() => new(Unavailable("the server cannot read its keys at the moment; its log says why."));
}
