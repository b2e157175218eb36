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
    public const string Path = "/api/v1/sql";

    /// <summary>A type of its own, which a page of another origin cannot send from a browser without being asked whether it may.</summary>
    public const string MediaType = "application/sql";

    public static Parameter<string?> Statement { get; } = Parameter.Text("sql", "One statement: SELECT, WITH or VALUES, of the ledger's tables and of the views as of the snapshot.")
        with
    { IsRequired = true, Example = "SELECT title FROM movies ORDER BY title" };

    public static ParameterSet OfGet { get; } = new([Statement, CommonParameters.Snapshot, CommonParameters.Limit, CommonParameters.Format]);

    public static ParameterSet OfPost { get; } = new([CommonParameters.Snapshot, CommonParameters.Limit, CommonParameters.Format]);

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var answers = endpoints.ServiceProvider.GetRequiredService<SqlAnswers>();
        var options = endpoints.ServiceProvider.GetRequiredService<WebOptions>();

        // RequestDelegates, not handlers with bound arguments: parameters are read and checked as everywhere else. ApiDocument describes them.
        endpoints.MapMethods(Path, [HttpMethods.Get, HttpMethods.Head], http =>
        {
            CheckAllowed(options);
            var values = OfGet.Read(http.Request);
            return answers.WriteAsync(http, values.Get(Statement)!, values);
        });
        endpoints.MapPost(Path, async http =>
        {
            CheckAllowed(options);
            var values = OfPost.Read(http.Request);
            await answers.WriteAsync(http, await ReadAsync(http.Request, options.BodyBytes), values);
        });
    }

    private static void CheckAllowed(WebOptions options)
    {
        if (!options.AllowSql)
        {
            throw Problems.Forbidden("SQL is off here: cineledger serve --allow-sql turns it on. /api/v1/query answers most questions without.");
        }
    }

    /// <summary>The statement in a body. Kestrel stops at the limit by itself; another server may not.</summary>
    private static async Task<string> ReadAsync(HttpRequest request, long most)
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
            if (body.Length > most)
            {
                throw Problems.TooLarge(most);
            }
        }

        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(body.GetBuffer(), 0, (int)body.Length);
        }
        catch (DecoderFallbackException)
        {
            throw Problems.BadParameter(Statement.Name, "the body is no UTF-8.");
        }
    }
}
