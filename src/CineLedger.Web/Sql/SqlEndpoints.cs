using System.Text;
using CineLedger.Web.Errors;
using CineLedger.Web.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CineLedger.Web.Sql;

/// <summary>SQL that only reads, as a parameter or as a body; off unless the server was started with it.</summary>
internal static class SqlEndpoints
{
    /// <summary>A type of its own, which a page of another origin cannot send from a browser without being asked whether it may.</summary>
    private const string MediaType = "application/sql";

    private static readonly Parameter<string?> Statement = Parameter.CreateText("sql", "One statement: SELECT, WITH or VALUES, of the ledger's tables and of the views as of the snapshot.")
        with
    { IsRequired = true, Example = "SELECT title FROM movies ORDER BY title" };

    private static readonly Parameter[] Common = [CommonParameters.Snapshot, CommonParameters.Limit, CommonParameters.Format];

    private static readonly ParameterSet GetParameters = new([Statement, .. Common]);

    private static readonly ParameterSet PostParameters = new(Common);

    public static void MapSql(this RouteGroupBuilder api)
    {
        var services = ((IEndpointRouteBuilder)api).ServiceProvider;
        var answers = services.GetRequiredService<SqlExecutor>();
        var options = services.GetRequiredService<WebOptions>();

        // Whether SQL is on comes before whether the parameters are right.
        var sql = api.MapGroup("").WithTags("SQL");
        Describe(sql.MapMethods("/sql", [HttpMethods.Get, HttpMethods.Head], http =>
        {
            CheckAllowed(options);
            var values = GetParameters.Read(http.Request);
            return answers.WriteAsync(http, values.Get(Statement)!, values);
        }).WithMetadata(GetParameters).WithName("sql"));
        Describe(sql.MapPost("/sql", async http =>
        {
            CheckAllowed(options);
            var values = PostParameters.Read(http.Request);
            await answers.WriteAsync(http, await ReadAsync(http.Request, options.MaxBodyBytes), values);
        }).WithMetadata(PostParameters).WithName("sqlBody"))
            .WithBody(MediaType, "The statement itself, in UTF-8.", Statement.Example!)
            .WithProblem(StatusCodes.Status413PayloadTooLarge, "The body is too large.")
            .WithProblem(StatusCodes.Status415UnsupportedMediaType, "The body is not `application/sql`.");
    }

    private static IEndpointConventionBuilder Describe(IEndpointConventionBuilder endpoint) => endpoint
        .WithSummary("One SQL statement that reads, of tables and of views as of the snapshot")
        .WithDescription("Off unless the server was started with `--allow-sql`. Takes 30 seconds at the most, and gives 1000 rows of JSON, or `limit`, 10000 at the most; other formats 100000.")
        .WithMetadata(new ApiResponse(
            StatusCodes.Status200OK,
            "The rows. They are not to be kept: the same statement may have another answer the next time.",
            """{"data":[{"title":"Toy Story"}],"meta":{"snapshot":1,"next":null}}""")
        { HasMeta = true, HasColumnsOnDemand = true })
        .WithProblem(StatusCodes.Status400BadRequest, "The statement is wrong or does more than read, or a parameter is wrong.")
        .WithProblem(StatusCodes.Status403Forbidden, "SQL is off: `cineledger serve --allow-sql` turns it on.")
        .WithProblem(StatusCodes.Status404NotFound, "There is no such snapshot.")
        .WithProblem(StatusCodes.Status406NotAcceptable, "`Accept` names no format in which the answer can be had.")
        .WithProblem(StatusCodes.Status422UnprocessableEntity, "The statement takes more time or memory than one may.")
        .WithProblem(StatusCodes.Status503ServiceUnavailable, "There is no snapshot yet, or the ledger cannot be read at the moment.");

    private static void CheckAllowed(WebOptions options)
    {
        if (!options.AllowsSql)
        {
            throw Problems.Forbidden("SQL is off here: cineledger serve --allow-sql turns it on. /api/v1/query answers most questions without.");
        }
    }

    /// <summary>The statement in a body. Kestrel stops at the limit by itself; another server may not.</summary>
    private static async Task<string> ReadAsync(HttpRequest request, long max)
    {
        if (!Microsoft.Net.Http.Headers.MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals(MediaType, StringComparison.OrdinalIgnoreCase)
            || (type.Charset.HasValue && !type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)))
        {
            throw Problems.UnsupportedMediaType($"Content-Type: send the statement itself as {MediaType}, in UTF-8.");
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
            throw Problems.InvalidParameter(Statement.Name, "the body is no UTF-8.");
        }
    }
}
