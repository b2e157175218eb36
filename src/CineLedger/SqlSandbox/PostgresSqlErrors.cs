using CineLedger.Model;
using CineLedger.Storage.Postgres;
using Npgsql;

namespace CineLedger.SqlSandbox;

/// <summary>What PostgreSQL says of a user's statement, in one line.</summary>
internal static class PostgresSqlErrors
{
    public static LedgerException Explain(Exception error, PostgresQuery query) => error switch
    {
        PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction } writes => NotReading(writes),
        PostgresException { SqlState: PostgresErrorCodes.SyntaxError, Position: > 0 } wrong when query.IsAtStart(wrong.Position) =>
            AdHocSql.NotReading(query.Statement),
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } denied => new UsageException(
            $"sql only reads the ledger: {Sentence(denied.MessageText)}.", error),
        PostgresException { SqlState: PostgresErrorCodes.ProtocolViolation } => new UsageException(
            "sql takes no parameters: write the values in place of $1.", error),
        PostgresException { MessageText: "cannot insert multiple commands into a prepared statement" } => new UsageException(
            "sql runs one statement at a time: leave out what follows the first semicolon.", error),
        NotSupportedException => new UsageException("sql runs one statement at a time: leave out what follows the first semicolon.", error),
        PostgresException { SqlState: "53200" or "53400" or "53100" } full => new SqlLimitException(
            $"the query needs more memory or temporary space than the server gives it: {Sentence(full.MessageText)}; narrow it.", error),
        PostgresException { SqlState: PostgresErrorCodes.QueryCanceled } => new SqlLimitException(
            "the server stopped the query: it takes longer than its time limit; raise --timeout or narrow the query.", error),
        PostgresException when !query.Statement.LooksLikeReading => AdHocSql.NotReading(query.Statement),
        PostgresException wrong when IsUsers(wrong.SqlState) => new UsageException(Describe(wrong, query), error),
        _ => PostgresErrors.OnRead("the ledger", error),
    };

    private static UsageException NotReading(PostgresException writes) => new($"sql only reads: {Sentence(writes.MessageText)}.", writes);

    /// <summary>Errors in the statement and in what it does with values, not of the server.</summary>
    private static bool IsUsers(string state) => state[..2] is "42" or "22" or "21" or "0A" or "34" or "2F" or "38" or "39" or "54" or "44" or "P0" or "55";

    private static string Describe(PostgresException wrong, PostgresQuery query)
    {
        var place = "";
        if (wrong.Position > 0)
        {
            var (line, column) = query.Locate(wrong.Position);
            place = FormattableString.Invariant($" (line {line}, column {column})");
        }

        return $"the SQL is wrong: {Sentence(wrong.MessageText)}{place}.{(wrong.Hint is { Length: > 0 } hint ? $" {hint}" : "")}";
    }

    private static string Sentence(string message) => message.Split('\n')[0].TrimEnd('.', ' ');
}
