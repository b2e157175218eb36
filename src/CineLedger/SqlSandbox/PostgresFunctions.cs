using System.Text.Json;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.Postgres;
using Npgsql;

namespace CineLedger.SqlSandbox;

/// <summary>
/// Rejects harmful functions. A read-only transaction prevents writes to tables, but not calls of functions that end other sessions, take locks
/// or read the server's files. All of these are declared volatile, so volatile functions are rejected except for a few harmless ones.
/// </summary>
internal static class PostgresFunctions
{
    /// <summary>Functions that are volatile only because each call returns a new value or waits; the time limit ends a wait.</summary>
    private static readonly string[] Allowed =
    [
        "random", "random_normal", "clock_timestamp", "timeofday", "gen_random_uuid", "uuidv4", "uuidv7", "pg_sleep", "pg_sleep_for", "pg_sleep_until",
        "pg_relation_size", "pg_table_size", "pg_indexes_size", "pg_total_relation_size", "pg_database_size", "pg_is_in_recovery",
    ];

    /// <summary>Tables that hold passwords, secrets and keys, or samples of restricted data.</summary>
    private static readonly string[] Secrets =
        [KeyTable.Name, "webhook", "pg_authid", "pg_user_mapping", "pg_subscription", "pg_statistic", "pg_statistic_ext_data", "pg_largeobject"];

    /// <summary>Volatile functions that Citus adds to a plan. A statement cannot call them.</summary>
    private static readonly string[] AddedByCitus = ["read_intermediate_result", "read_intermediate_results"];

    /// <summary>The deepest plan that is examined.</summary>
    private const int MaxPlanDepth = 2_000;

    /// <summary>Throws when the statement calls a function that might do harm. Call it before the statement is planned, which evaluates constant calls.</summary>
    public static async Task CheckTextAsync(NpgsqlConnection connection, SqlStatement statement, CancellationToken cancellationToken)
    {
        statement.CheckCharacters();
        if (statement.FindCalls().FirstOrDefault(call => call is "xmltable" or "xmlexists") is { } keyword)
        {
            throw CreateRefusal(keyword);
        }

        await CheckCallsAsync(connection, [.. statement.FindCalls()], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Throws when the statement's plan calls a function that might do harm. The plan shows the functions behind operators, views and SQL functions;
    /// only the statement's text shows those in VALUES rows.
    /// </summary>
    public static async Task CheckPlanAsync(NpgsqlConnection connection, string plan, CancellationToken cancellationToken)
    {
        var calls = new HashSet<string>();
        using var document = Parse(plan);
        foreach (var (name, text) in FindTexts("", document.RootElement))
        {
            calls.UnionWith(SqlStatement.FindCalls(text));
            if (name == "Relation Name" && Secrets.Contains(text))
            {
                throw new UsageException($"sql only reads the ledger: {text} is not allowed.");
            }
        }

        await CheckCallsAsync(connection, [.. calls.Except(AddedByCitus)], cancellationToken).ConfigureAwait(false);
    }

    private static UsageException CreateRefusal(string function) =>
        new($"sql only reads the ledger: the function {function} may do more than read and is not allowed.");

    /// <summary>
    /// Rejects volatile functions; XPath, whose library does not notice that the time limit is reached; and functions that read a table or run a query
    /// that they are given as a text.
    /// </summary>
    private static async Task CheckCallsAsync(NpgsqlConnection connection, string[] calls, CancellationToken cancellationToken)
    {
        var refused = await connection.ExecuteScalarAsync(
            """
            SELECT p.proname::TEXT FROM pg_proc p
            WHERE LOWER(p.proname) = ANY($1) AND (p.provolatile = 'v' OR p.proname LIKE '%\_to\_xml%' OR p.proname LIKE 'xpath%' OR p.proname IN ('txid_current', 'pg_current_xact_id')) AND NOT p.proname = ANY($2)
              AND NOT 'internal'::REGTYPE = ANY(p.proargtypes)
            ORDER BY p.proname LIMIT 1
            """,
            cancellationToken,
            calls,
            Allowed).ConfigureAwait(false);
        if (refused is not null)
        {
            throw CreateRefusal((string)refused);
        }
    }

    private static JsonDocument Parse(string plan)
    {
        try
        {
            return JsonDocument.Parse(plan, new JsonDocumentOptions { MaxDepth = MaxPlanDepth });
        }
        catch (JsonException error)
        {
            throw new SqlLimitException("the query has too many nested parts: use fewer subqueries.", error);
        }
    }

    private static IEnumerable<(string Name, string Text)> FindTexts(string name, JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property => FindTexts(property.Name, property.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(item => FindTexts(name, item)),
        JsonValueKind.String => [(name, element.GetString()!)],
        _ => [],
    };
}
