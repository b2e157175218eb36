using CineLedger.Model;
using CineLedger.Storage.Postgres;
using Npgsql;

namespace CineLedger.SqlSandbox;

/// <summary>Converts PostgreSQL's errors about a user's statement to one line.</summary>
internal static class PostgresSqlErrors
{
    public static LedgerException Explain(Exception error, PostgresQuery query) => error switch
    {
        PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction } writes => CreateNotReadOnlyException(writes),
        PostgresException { SqlState: PostgresErrorCodes.SyntaxError, Position: > 0 } wrong when query.IsAtStart(wrong.Position) =>
            AdHocSql.CreateNotReadOnlyException(query.Statement),
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } denied => new UsageException(
            $"sql only reads the ledger: {ToSentence(denied.MessageText)}.", error),
        PostgresException { SqlState: PostgresErrorCodes.ProtocolViolation } => new UsageException(
            "sql takes no parameters: write the values in place of $1.", error),
        PostgresException { MessageText: "cannot insert multiple commands into a prepared statement" } => new UsageException(
            "sql runs one statement at a time: remove everything after the first semicolon.", error),
        NotSupportedException => new UsageException("sql runs one statement at a time: remove everything after the first semicolon.", error),
        PostgresException { SqlState: "53200" or "53400" or "53100" } full => new SqlLimitException(
            $"the query needs more memory or temporary space than the server allows: {ToSentence(full.MessageText)}; narrow it.", error),
        PostgresException { SqlState: PostgresErrorCodes.QueryCanceled } => new SqlLimitException(
            "the server stopped the query: it takes longer than its time limit; raise --timeout or narrow the query.", error),
        PostgresException when !query.Statement.IsReadLike => AdHocSql.CreateNotReadOnlyException(query.Statement),
        PostgresException wrong when IsUserError(wrong.SqlState) => new UsageException(Describe(wrong, query), error),
        _ => PostgresErrors.ReadFailed("the ledger", error),
    };

    private static UsageException CreateNotReadOnlyException(PostgresException exception) => new($"sql only reads: {ToSentence(exception.MessageText)}.", exception);

    /// <summary>Returns whether the error is in the statement or its values rather than in the server.</summary>
    private static bool IsUserError(string state) => state[..2] is "42" or "22" or "21" or "0A" or "34" or "2F" or "38" or "39" or "54" or "44" or "P0" or "55";

    private static string Describe(PostgresException exception, PostgresQuery query)
    {
        var location = "";
        if (exception.Position > 0)
        {
            var (line, column) = query.Locate(exception.Position);
            location = FormattableString.Invariant($" (line {line}, column {column})");
        }

        return $"invalid SQL: {ToSentence(exception.MessageText)}{location}.{(exception.Hint is { Length: > 0 } hint ? $" {hint}" : "")}";
    }

    private static string ToSentence(string message) => message.Split('\n')[0].TrimEnd('.', ' ');
}
