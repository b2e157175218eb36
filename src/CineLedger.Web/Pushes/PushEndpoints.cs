using System.Globalization;
using System.Text;
using CineLedger.Storage;
using CineLedger.Web.Errors;
using CineLedger.Web.Http;
using CineLedger.Web.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CineLedger.Web.Pushes;

/// <summary><c>POST /api/v1/movies</c>: single films, as TMDB's API describes them.</summary>
internal sealed class PushEndpoints(PushQueue queue, LedgerPool pool, WebOptions options)
{
    public const string KeyHeader = "Idempotency-Key";
    public const string RepeatedHeader = "Idempotency-Replayed";
    private const int LongestKey = 200;

    private static readonly Operation Post = new()
    {
        Method = HttpMethod.Post,
        Path = "/api/v1/movies",
        Group = "Movies",
        Summary = "Adds, changes and removes single films",
        Description = """
            The body holds films in the shape of TMDB's `/movie/{id}`, one JSON object a line. Each stands for the film as a whole, so what it lacks is unknown;
            `{"id": 862, "deleted": true}` removes a film. Every record is checked as one of a dataset is, and what is wrong with it becomes a finding.
            The answer comes when the films are in a published snapshot; pushes of the same moments share one. With an `Idempotency-Key` a push counts once,
            and is answered alike, however often and to whichever node it is sent within a week. Needs an administrator's key.
            """,
        Headers =
        [
            new(KeyHeader, $"A name of the sender's for this push, of at most {LongestKey} letters, digits and `-_.:`.", "nightly-2024-06-01-part-7"),
        ],
        RawBody = new(
            "application/x-ndjson",
            "Films, one a line; it may be gzipped (`Content-Encoding: gzip`).",
            """
            {"id":862,"title":"Toy Story","release_date":"1995-10-30","budget":30000000,"revenue":373554033,"genres":[{"id":16,"name":"Animation"}],"production_companies":[{"id":3,"name":"Pixar Animation Studios"}]}
            {"id":863,"deleted":true}
            """),
        Answer = new(
            StatusCodes.Status200OK,
            "They are in the ledger.",
            """{"data":{"id":"nightly-2024-06-01-part-7","snapshot":8,"publishedAt":"2024-06-01T06:00:02Z","published":true,"received":3,"added":0,"changed":1,"removed":1,"unchanged":0,"rejected":1,"findingCount":1,"findings":[{"line":3,"kind":"reject","rule":"invalid-json","movieId":null,"field":null,"value":"{\"id\":"}],"allFindings":"/api/v1/findings?snapshot=8&file=push%2Fnightly-2024-06-01-part-7"}}"""),
        Problems =
        [
            (StatusCodes.Status400BadRequest, "The body holds no film, or the key cannot be one."),
            (StatusCodes.Status403Forbidden, "The server only reads."),
            (StatusCodes.Status413PayloadTooLarge, "The body, or a line of it, is too large."),
            (StatusCodes.Status415UnsupportedMediaType, "The body is no NDJSON."),
            (StatusCodes.Status422UnprocessableEntity, "The key came with another body before."),
            (StatusCodes.Status503ServiceUnavailable, "The ledger is being loaded, or too many pushes wait: nothing was taken, `Retry-After` says when to send it again."),
        ],
    };

    public static void Map(IEndpointRouteBuilder endpoints) =>
        Post.Map(endpoints, Policies.Administer, ActivatorUtilities.CreateInstance<PushEndpoints>(endpoints.ServiceProvider).PostAsync);

    private async Task PostAsync(HttpContext http, ParameterValues values)
    {
        if (pool.IsReadOnly)
        {
            throw Problems.ReadOnlyServer();
        }

        var key = KeyOf(http.Request);
        var id = key ?? Guid.CreateVersion7().ToString("N");
        var (changes, hash) = await PushBody.ReadAsync(http.Request, $"push/{id}", options.PushBytes, http.RequestAborted);
        var answer = await queue.SubmitAsync(new Push(id, key, hash, changes)).WaitAsync(http.RequestAborted);
        http.Response.ContentType = "application/json";
        http.Response.Headers.CacheControl = "no-store";
        if (answer.Snapshot is { } snapshot)
        {
            http.Response.Headers[AnswerWriting.SnapshotHeader] = snapshot.ToString(CultureInfo.InvariantCulture);
        }

        if (answer.IsRepeated)
        {
            http.Response.Headers[RepeatedHeader] = "true";
        }

        var body = Encoding.UTF8.GetBytes(answer.Json);
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }

    private static string? KeyOf(HttpRequest request)
    {
        if (request.Headers[KeyHeader] is not { Count: > 0 } given)
        {
            return null;
        }

        var key = given.ToString();
        return key.Length is > 0 and <= LongestKey && key.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or ':')
            ? key
            : throw Problems.BadRequest($"{KeyHeader}: a key is 1 to {LongestKey} letters, digits and -_.:");
    }
}
