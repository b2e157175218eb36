using System.Data.Common;
using System.Net.Sockets;
using CineLedger.Model;
using Npgsql;

namespace CineLedger.Storage.Postgres;

/// <summary>Translates PostgreSQL's errors to one line that says what to do.</summary>
internal static class PostgresErrors
{
    /// <summary>Whether a row with the same key already exists, because another process inserted it first.</summary>
    public static bool IsUniqueViolation(DbException error) => error.SqlState == PostgresErrorCodes.UniqueViolation;

    /// <summary>Translates a failure to connect to <paramref name="ledger"/>, an address without its password.</summary>
    public static LedgerException OpenFailed(string ledger, Exception error) => new(
        error switch
        {
            PostgresException { SqlState: "28P01" or "28000" } refused =>
                $"{ledger} refuses the login: {ToSentence(refused.MessageText)} Check the user, and the password in PGPASSWORD or PGPASSFILE.",
            PostgresException { SqlState: "3D000" } => $"{ledger} does not exist on the server: create the database (createdb), or name another.",
            PostgresException { SqlState: "53300" } => $"{ledger} accepts no more connections: try again later, or raise max_connections.",
            PostgresException { SqlState: "57P03" } starting => $"{ledger} is not ready: {ToSentence(starting.MessageText)} Try again in a moment.",
            PostgresException other => $"{ledger} cannot be opened: {ToSentence(other.MessageText)}",
            _ when FindInner<SocketException>(error) is { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData } =>
                $"{ledger}: there is no such host. Check the address.",
            _ when FindInner<SocketException>(error) is { } socket =>
                $"{ledger} cannot be reached: {ToSentence(socket.Message)} Check the address, and that the server runs and listens there.",
            _ when FindInner<TimeoutException>(error) is not null => $"{ledger} does not respond: check the address and the network.",
            _ => $"{ledger} cannot be opened: {ToSentence(error.Message)}",
        },
        error);

    /// <summary>Translates a failure to write to <paramref name="ledger"/>. Published snapshots are not affected by it.</summary>
    public static LedgerException WriteFailed(string ledger, Exception error) => new(
        error switch
        {
            PostgresException { SqlState: "53100" } full =>
                $"{ledger} cannot be written, the server's disk is full: {ToSentence(full.MessageText)} Nothing was published; free some space and load again.",
            PostgresException lost when Citus.FindUnreachableWorker(lost) is { } worker =>
                $"{ledger} cannot be written: the Citus worker {worker} cannot be reached. Nothing was published; start it (cineledger doctor checks every worker) and load again.",
            PostgresException { SqlState: "42501" } denied =>
                $"{ledger} cannot be written: {ToSentence(denied.MessageText)} Load with a role that may write (cineledger init --roles creates one). Nothing was published.",
            PostgresException { SqlState: "57P01" or "57P02" or "57P03" } => $"{ledger} was shut down during the load. Nothing was published; load again when it is back.",
            PostgresException { SqlState: "XX001" or "XX002" } damaged => DescribeDamage(ledger, damaged),
            PostgresException other => $"{ledger} cannot be written: {ToSentence(other.MessageText)} Nothing was published.",
            _ => $"{ledger}: the connection was lost during the load. Nothing was published; load again.",
        },
        error);

    /// <summary>Translates a failure during a query. Returns null if no server caused it.</summary>
    public static LedgerException? Explain(Exception failure) => failure switch
    {
        PostgresException { SqlState: PostgresErrorCodes.OutOfMemory or PostgresErrorCodes.ConfigurationLimitExceeded } full =>
            new QueryMemoryException($"the query needs more memory or temporary files than the server allows: {ToSentence(full.MessageText)} Ask for fewer years or names.", full),
        NpgsqlException => ReadFailed("the ledger", failure),
        _ => null,
    };

    /// <summary>Translates a failure to read.</summary>
    public static LedgerException ReadFailed(string ledger, Exception error) => new(
        error switch
        {
            PostgresException { SqlState: "42501" } denied => $"{ledger} cannot be read: {ToSentence(denied.MessageText)} Ask for the role {GetRequiredRole(denied)}.",
            PostgresException lost when Citus.FindUnreachableWorker(lost) is { } worker =>
                $"{ledger}: the Citus worker {worker} cannot be reached. Start it (cineledger doctor checks every worker) and try again.",
            PostgresException { SqlState: "57014" } => $"{ledger}: the query took longer than the server's statement_timeout allows.",
            PostgresException { SqlState: "57P01" or "57P02" or "57P03" } => $"{ledger} was shut down during the query; try again when it is back.",
            PostgresException { SqlState: "XX001" or "XX002" } damaged => DescribeDamage(ledger, damaged),
            PostgresException other => $"{ledger} failed: {ToSentence(other.MessageText)}",
            _ => $"{ledger}: the connection was lost during the query; try again.",
        },
        error);

    /// <summary>Returns the role to ask for. Only loaders can read the webhook table, whose name is in the message in every language.</summary>
    private static string GetRequiredRole(PostgresException exception) =>
        exception.MessageText.Contains("webhook", StringComparison.Ordinal) ? PostgresRoles.Loader : PostgresRoles.Reader;

    private static string DescribeDamage(string ledger, PostgresException error) =>
        $"{ledger} is damaged: {ToSentence(error.MessageText)} Restore the server from a backup (docs/operations.md), or promote a standby.";

    private static T? FindInner<T>(Exception error)
        where T : Exception =>
        error as T ?? (error is AggregateException many ? many.InnerExceptions.Select(FindInner<T>).FirstOrDefault(one => one is not null) : null)
            ?? (error.InnerException is { } inner ? FindInner<T>(inner) : null);

    private static string ToSentence(string message) => message.Split('\n')[0].TrimEnd('.', ' ') + ".";
}
