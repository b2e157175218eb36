using System.Globalization;
using System.Text;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Web.Errors;
using CineLedger.Web.Http;
using CineLedger.Web.Security;
using Microsoft.AspNetCore.Http;

namespace CineLedger.Web.Pushes;

/// <summary>Accepts pushes of movies in the form of TMDB's API.</summary>
internal sealed class PushHandler(PushQueue queue, LedgerPool pool, WebOptions options)
{
    public const int MaxKeyLength = 200;

    public static Parameter<IReadOnlySet<string>> Accept { get; } = new(
        "accept", $"Publishes even if these quality gates fire: {string.Join(", ", QualityGates.AllNames)}.",
        texts => QualityGates.Parse(string.Join(',', texts)), new HashSet<string>())
    {
        IsMany = true,
        Example = "coverage",
    };

    public async Task PostAsync(HttpContext http, ParameterValues values)
    {
        if (pool.IsReadOnly)
        {
            throw Problems.ReadOnlyServer();
        }

        var key = ReadKey(http.Request);
        var id = key ?? Guid.CreateVersion7().ToString("N");
        AuditMiddleware.SetTarget(http, $"push/{id}");
        var (changes, hash) = await PushBody.ReadAsync(http.Request, $"push/{id}", options.MaxPushBytes, http.RequestAborted);
        var push = new Push(id, key, hash, changes)
        {
            AcceptedGates = values.Get(Accept),
            AcceptedBy = ApiCaller.GetName(http.User),
        };
        var response = await queue.SubmitAsync(push).WaitAsync(http.RequestAborted);
        http.Response.ContentType = "application/json";
        http.Response.Headers.CacheControl = "no-store";
        if (response.Snapshot is { } snapshot)
        {
            http.Response.Headers[LedgerHeaders.Snapshot] = snapshot.ToString(CultureInfo.InvariantCulture);
        }

        if (response.IsRepeated)
        {
            http.Response.Headers[LedgerHeaders.IdempotencyReplayed] = "true";
        }

        var body = Encoding.UTF8.GetBytes(response.Json);
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }

    private static string? ReadKey(HttpRequest request)
    {
        if (request.Headers[LedgerHeaders.IdempotencyKey] is not { Count: > 0 } given)
        {
            return null;
        }

        var key = given.ToString();
        return key.Length is > 0 and <= MaxKeyLength && key.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or ':')
            ? key
            : throw Problems.BadRequest($"{LedgerHeaders.IdempotencyKey}: a key must have 1 to {MaxKeyLength} letters, digits and -_.:");
    }
}
