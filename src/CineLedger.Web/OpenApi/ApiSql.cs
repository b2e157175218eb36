using System.Text.Json.Nodes;
using CineLedger.Web.Http;
using CineLedger.Web.Sql;
using Microsoft.OpenApi;

namespace CineLedger.Web.OpenApi;

/// <summary>SQL in the document: no <see cref="Resource"/>, since it has no pages, no tags and nothing that is kept.</summary>
internal static class ApiSql
{
    private static readonly (string Status, string When)[] Errors =
    [
        ("400", "The statement is wrong or does more than read, or a parameter is wrong."),
        ("403", "SQL is off: `cineledger serve --allow-sql` turns it on."),
        ("404", "There is no such snapshot."),
        ("406", "`Accept` names no format in which the answer can be had."),
        ("422", "The statement takes more time or memory than one may."),
        ("503", "There is no snapshot yet, or the ledger cannot be read at the moment."),
    ];

    public static OpenApiPathItem Of(OpenApiDocument document) => new()
    {
        Operations = new Dictionary<HttpMethod, OpenApiOperation>
        {
            [HttpMethod.Get] = Of("sql", SqlEndpoints.OfGet, document),
            [HttpMethod.Post] = Post(document),
        },
    };

    private static OpenApiOperation Post(OpenApiDocument document)
    {
        var operation = Of("sqlBody", SqlEndpoints.OfPost, document);
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Description = "The statement itself, in UTF-8.",
            Content = new Dictionary<string, OpenApiMediaType>
            {
                [SqlEndpoints.MediaType] = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String }, Example = SqlEndpoints.Statement.Example },
            },
        };
        operation.Responses!["413"] = ApiOperations.ProblemResponse("The body is too large.", document);
        operation.Responses!["415"] = ApiOperations.ProblemResponse("The body is not `application/sql`.", document);
        return operation;
    }

    private static OpenApiOperation Of(string id, ParameterSet parameters, OpenApiDocument document)
    {
        var responses = new OpenApiResponses
        {
            ["200"] = new OpenApiResponse
            {
                Description = "The rows. They are not to be kept: the same statement may have another answer the next time.",
                Content = Formats.MediaTypes.Select((type, i) => (type, i)).ToDictionary(at => at.type, at => at.i > 0 ? new OpenApiMediaType() : new OpenApiMediaType
                {
                    Schema = ApiSchemas.Envelope(ApiSchemas.RowsOnDemand(), document),
                    Example = new JsonObject { ["data"] = new JsonArray(new JsonObject { ["title"] = "Toy Story" }), ["meta"] = new JsonObject { ["snapshot"] = 1, ["next"] = null } },
                }),
            },
        };
        foreach (var (status, when) in Errors)
        {
            responses[status] = ApiOperations.ProblemResponse(when, document);
        }

        return new OpenApiOperation
        {
            OperationId = id,
            Summary = "One SQL statement that reads, of tables and of views as of the snapshot",
            Description = "Off unless the server was started with `--allow-sql`. Takes 30 seconds at the most, and gives 1000 rows of JSON, or `limit`, 10000 at the most; other formats 100000.",
            Tags = new HashSet<OpenApiTagReference> { new("SQL", document) },
            Parameters = [.. parameters.All.Select(ApiOperations.Of)],
            Responses = responses,
        };
    }
}
