using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace CineLedger.Web.Errors;

/// <summary>Problems of who asks, and of how much.</summary>
public static partial class Problems
{
    private const string Bearer = "Bearer realm=\"cineledger\"";
    private const string HowToSend = "send it as 'Authorization: Bearer KEY'; cineledger keys create makes one.";

    public static ProblemException NeedsKey() => new(Of(
        "unauthorized",
        StatusCodes.Status401Unauthorized,
        $"from other machines, and through proxies, reading takes a key: {HowToSend} On the server's own machine, ask at http://localhost.") with
    { Challenge = Bearer });

    public static ProblemException NeedsAdministratorsKey() => new(Of(
        "unauthorized", StatusCodes.Status401Unauthorized, $"this takes an administrator's key: {HowToSend.TrimEnd('.')} (--administrator).") with
    { Challenge = Bearer });

    public static ProblemException WrongKey() => new(Of(
        "unauthorized", StatusCodes.Status401Unauthorized, "the key is none of this ledger's, or was revoked; cineledger keys list shows those that are good.") with
    {
        Challenge = $"{Bearer}, error=\"invalid_token\"",
    });

    /// <param name="name">The key's.</param>
    public static ProblemException NoAdministratorsKey(string name) => new(Of(
        "forbidden", StatusCodes.Status403Forbidden, $"the key '{name}' reads; this takes an administrator's (cineledger keys create NAME --administrator)."));

    /// <param name="detail">What is not allowed, and how it would be.</param>
    public static ProblemException Forbidden(string detail) => new(Of("forbidden", StatusCodes.Status403Forbidden, detail));

    public static ProblemException TooMany(int perMinute, int retryAfter) => new(Of(
        "too-many-requests",
        StatusCodes.Status429TooManyRequests,
        string.Create(CultureInfo.InvariantCulture, $"this server takes {perMinute} requests a minute of each key, and of each address without one: wait a little.")) with
    {
        RetryAfter = retryAfter,
    });

    public static ProblemException TooLong(int most) => new(Of(
        "too-long", StatusCodes.Status414UriTooLong, string.Create(CultureInfo.InvariantCulture, $"the address has more than {most} letters: ask for less at once.")));

    public static ProblemException UnsupportedMediaType(string detail) => new(Of("unsupported-media-type", StatusCodes.Status415UnsupportedMediaType, detail));

    public static ProblemException TooLarge(long most) => new(Of(
        "too-large", StatusCodes.Status413PayloadTooLarge, string.Create(CultureInfo.InvariantCulture, $"the body has more than {most} bytes.")));

    public static ProblemException KeysUnavailable() => new(Unavailable("the server cannot read its keys at the moment; its log says why."));
}
