using System.Text;
using System.Text.Encodings.Web;
using CineLedger.Storage.Keys;
using CineLedger.Web.Errors;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CineLedger.Web.Security;

/// <summary>
/// Authenticates a request by its key, or by its origin when it has no key. A key that is not valid is an error even where no key is needed.
/// Challenges and refusals are thrown as <see cref="ProblemException"/>.
/// </summary>
internal sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> schemes, ILoggerFactory loggers, UrlEncoder encoder, KeyRing keys, KeyUseLog uses, RejectedKeyLog rejected,
    WebOptions options)
    : AuthenticationHandler<AuthenticationSchemeOptions>(schemes, loggers, encoder)
{
    public const string SchemeName = "ApiKey";

    /// <summary>The path of the only form that changes data.</summary>
    public const string FormPath = "/load";

    private const string Bearer = "Bearer";
    private const string Basic = "Basic ";

    /// <summary>Longer than any key. Longer texts are not hashed.</summary>
    private const int MaxKeyLength = 200;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (ReadKey(Request) is not { } text)
        {
            return !options.RequiresKey && !options.IsBehindProxy && LocalRequests.IsLocal(Context) ? Succeed(ApiCaller.Local)
                : options.IsPublic ? Succeed(ApiCaller.Public)
                : AuthenticateResult.NoResult();
        }

        var caller = text.Length is > 0 and <= MaxKeyLength ? await keys.FindAsync(text, Context.RequestAborted) : null;
        if (caller?.Key is { } key && !key.HasExpired(TimeProvider.GetUtcNow().UtcDateTime))
        {
            uses.Record(key);
            return Succeed(caller);
        }

        rejected.Record(Context, text);
        return AuthenticateResult.Fail(caller?.Key is { ExpiresAt: { } expiredAt, Name: var name } ? Problems.ExpiredKey(name, expiredAt) : Problems.InvalidKey());
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties) =>
        throw ((await HandleAuthenticateOnceSafeAsync()).Failure ?? Problems.KeyRequired());

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        var scope = Context.GetEndpoint()?.Metadata.GetMetadata<IAuthorizeData>()?.Policy ?? Policies.Read;
        throw (Context.User is ApiCaller { Key: { } key } ? Problems.MissingScope(key.Name, KeyScopeNames.Format(key.Scopes), scope) : Problems.KeyRequired(scope));
    }

    private static AuthenticateResult Succeed(ApiCaller caller) => AuthenticateResult.Success(new(caller, SchemeName));

    /// <summary>
    /// Returns the key that was sent with the request, or null. Other Authorization schemes are left to the proxy. Browsers only support Basic, so a
    /// password that is a key is accepted, but only for reading, and for the form of a page of this server: a browser also sends it with requests that another
    /// site triggers.
    /// </summary>
    private static string? ReadKey(HttpRequest request)
    {
        var headers = request.Headers;
        if (headers.Authorization is { Count: > 0 } authorization
            && authorization.ToString() is var text && text.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            && (text.Length == Bearer.Length || text[Bearer.Length] == ' '))
        {
            return text[Bearer.Length..].Trim();
        }

        return headers.TryGetValue(LedgerHeaders.ApiKey, out var key) ? key.ToString().Trim()
            : HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || IsOwnForm(request) ? ReadPassword(headers.Authorization.ToString())
            : null;
    }

    private static bool IsOwnForm(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) && request.Path.Equals(FormPath, StringComparison.Ordinal) && CrossSiteMiddleware.IsFromOwnPage(request);

    private static string? ReadPassword(string authorization)
    {
        if (!authorization.StartsWith(Basic, StringComparison.OrdinalIgnoreCase) || authorization.Length > Basic.Length + (4 * MaxKeyLength))
        {
            return null;
        }

        Span<byte> bytes = stackalloc byte[authorization.Length];
        if (!Convert.TryFromBase64Chars(authorization.AsSpan(Basic.Length).Trim(), bytes, out var length))
        {
            return null;
        }

        var pair = Encoding.UTF8.GetString(bytes[..length]);
        var password = pair[(pair.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        return password.StartsWith(AccessKey.Prefix, StringComparison.Ordinal) ? password : null;
    }
}
