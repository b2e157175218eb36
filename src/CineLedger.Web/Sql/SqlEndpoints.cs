using System.Text;
using CineLedger.Web.Errors;
using CineLedger.Web.Http;
using CineLedger.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CineLedger.Web.Sql;

/// <summary>
/// Read-only SQL, sent as the body of a POST, which a page of another origin cannot send unasked. Off unless the server was started with it.
/// </summary>
internal static class SqlEndpoints
{
    /// <summary>A media type that browsers send to another origin only after a preflight request.</summary>
    private const string MediaType = "application/sql";

    private static readonly ParameterSet Parameters = new([CommonParameters.Snapshot, CommonParameters.Limit, CommonParameters.Format]);

    public static void MapSql(this RouteGroupBuilder api)
    {
        var services = ((IEndpointRouteBuilder)api).ServiceProvider;
        var answers = services.GetRequiredService<SqlExecutor>();
        var options = services.GetRequiredService<WebOptions>();

        // Check whether SQL is turned on before the parameters.
        api.MapGroup("").RequireAuthorization(Policies.Sql).WithTags("SQL").MapPost("/sql", async http =>
        {
            CheckAllowed(options);
            var values = Parameters.Read(http.Request);
            using var admission = await answers.AdmitAsync(http);
            var sql = await ReadAsync(http.Request, options.MaxBodyBytes);
            AuditMiddleware.SetTarget(http, sql);
            await answers.WriteAsync(http, sql, values);
        })
            .WithMetadata(Parameters).WithName("sql")
            .WithBody(
                MediaType,
                "One SELECT, WITH or VALUES statement, in UTF-8, on the ledger's tables and on the views as of the snapshot.",
                "SELECT title FROM movies ORDER BY title")
            .WithSummary("One read-only SQL statement on tables and on the views as of the snapshot")
            .WithDescription("Off unless the server was started with `--allow-sql`. A statement may take up to 30 seconds. "
                + "It returns up to 1000 rows of JSON, or `limit`, which may be up to 10000; other formats return up to 100000 rows.")
            .WithMetadata(new ApiResponse(
                StatusCodes.Status200OK,
                "The rows. They must not be cached: the same statement may return different rows the next time.",
                """{"data":[{"title":"Toy Story"}],"meta":{"snapshot":1,"next":null}}""")
            { HasMeta = true, HasColumnsOnDemand = true })
            .WithProblem(StatusCodes.Status400BadRequest, "The statement is invalid or not read-only, or a parameter is invalid.")
            .WithProblem(StatusCodes.Status403Forbidden, "SQL is off: turn it on with `cineledger serve --allow-sql`.")
            .WithProblem(StatusCodes.Status404NotFound, "The snapshot does not exist.")
            .WithProblem(StatusCodes.Status406NotAcceptable, "`Accept` lists no supported format.")
            .WithProblem(StatusCodes.Status413PayloadTooLarge, "The body is too large.")
            .WithProblem(StatusCodes.Status415UnsupportedMediaType, "The body is not `application/sql`.")
            .WithProblem(StatusCodes.Status422UnprocessableEntity, "The statement exceeds its time or memory limit.")
            .WithProblem(StatusCodes.Status503ServiceUnavailable, "There is no snapshot yet, or the ledger cannot be read at the moment.");
    }

    private static void CheckAllowed(WebOptions options)
    {
        if (!options.AllowsSql)
        {
            throw Problems.Forbidden("SQL is off: turn it on with cineledger serve --allow-sql, or use /api/v1/query, which covers most queries.");
        }
    }

    /// <summary>Reads the statement from the body. The size is checked here too, because only Kestrel enforces the limit itself.</summary>
    private static async Task<string> ReadAsync(HttpRequest request, long max)
    {
        if (!Microsoft.Net.Http.Headers.MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals(MediaType, StringComparison.OrdinalIgnoreCase)
            || (type.Charset.HasValue && !type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)))
        {
            throw Problems.UnsupportedMediaType($"Content-Type: send the statement as {MediaType} in UTF-8.");
        }

        using var body = new MemoryStream();
        var block = new byte[8 << 10];
        for (int read; (read = await request.Body.ReadAsync(block, request.HttpContext.RequestAborted)) > 0;)
        {
            body.Write(block, 0, read);
            if (body.Length > max)
            {
                throw Problems.TooLarge(max);
            }
        }

        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(body.GetBuffer(), 0, (int)body.Length);
        }
        catch (DecoderFallbackException)
        {
            throw Problems.InvalidBody("it is not UTF-8.", null);
        }
    }
}
