using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using CineLedger.Model;

namespace CineLedger.Storage.DuckDb;

/// <summary>Translates DuckDB's errors to one line that says what to do.</summary>
internal static partial class DuckDbErrors
{
    /// <summary>The beginnings of messages about a file whose bytes have changed since DuckDB wrote them.</summary>
    private static readonly string[] Damages =
        ["Corrupt database file", "does not match stored checksum", "ould not read enough bytes", "Serialization Error", "Failed to deserialize", "database has been invalidated"];

    /// <summary>Translates a failure during a query if the ledger's file is damaged or memory is short; otherwise returns null.</summary>
    public static LedgerException? Explain(Exception failure) => failure is not DbException ? null
        : IsDamage(failure.Message) ? new LedgerException($"the ledger is damaged: {GetReason(failure)}. {RestoreAdvice}", failure)
        : IsMemory(failure.Message)
            ? new QueryMemoryException($"the query needs more memory than is available: {GetReason(failure)}. Query fewer years or names, or raise the limit on memory.", failure)
        : null;

    /// <summary>Translates a failure to open <paramref name="path"/>.</summary>
    public static LedgerException OpenFailed(string path, Exception error)
    {
        var message = error.Message;
        if (message.Contains("Could not set lock", StringComparison.Ordinal) || message.Contains("being used by another process", StringComparison.Ordinal))
        {
            return CreateBusyException(path, message, error);
        }

        if (message.Contains("not a valid DuckDB database file", StringComparison.Ordinal) || message.Contains("valid DuckDB", StringComparison.Ordinal))
        {
            return new LedgerException(
                $"{path} is not a ledger: the file exists but is not a DuckDB database. Name another --store, or restore it from a backup if it was one.", error);
        }

        return IsDamage(message) ? Damaged(path, error)
            : IsMemory(message)
                ? new LedgerException($"the ledger {path} cannot be opened with so little memory: {GetReason(error)}. Raise its limit (the container's, ulimit -v).", error)
            : new LedgerException($"the ledger {path} cannot be opened: {GetReason(error)}. Check the file and its permissions, or name another --store.", error);
    }

    private static LedgerBusyException CreateBusyException(string path, string message, Exception error)
    {
        var holder = Holder().Match(message);
        if (ServerFile.Read(path) is { Address: not null } server && (!holder.Success || holder.Groups["pid"].Value == server.ProcessId.ToString(CultureInfo.InvariantCulture)))
        {
            return new LedgerBusyException($"the ledger {path} is in use by the server at {server}; use its HTTP API, or stop it, and try again.", error);
        }

        var who = holder.Success ? $" by {holder.Groups["program"].Value} (process {holder.Groups["pid"].Value})" : " by another process";
        return new LedgerBusyException($"the ledger {path} is in use{who}; wait until it is done, or end it, and try again.", error);
    }

    /// <summary>Translates a failure to write to <paramref name="path"/>. Published snapshots are not affected by it.</summary>
    public static LedgerException WriteFailed(string path, Exception error)
    {
        var message = error.Message;
        if (IsDamage(message))
        {
            return Damaged(path, error);
        }

        var full = message.Contains("No space left", StringComparison.Ordinal) || message.Contains("File too large", StringComparison.Ordinal)
            || message.Contains("max_temp_directory_size", StringComparison.Ordinal) || message.Contains("quota", StringComparison.OrdinalIgnoreCase);
        return new LedgerException(
            full
                ? $"the ledger {path} cannot be written because the disk is full: {GetReason(error)}. Nothing was published; free some space and load again."
                : $"the ledger {path} cannot be written: {GetReason(error)}. Nothing was published.",
            error);
    }

    public static string DescribeMissing(string path) => $"there is no ledger {path}: load a dataset first (cineledger load SOURCE --store {path}).";

    public static LedgerException NotALedger(string path, Exception? error) =>
        new($"{path} is a DuckDB file but not a ledger: it lacks the ledger's tables. Name another --store.", error);

    private const string RestoreAdvice = "Restore it from a backup (docs/operations.md); cineledger doctor --deep shows which tables are affected.";

    private static DamagedLedgerException Damaged(string path, Exception error) => new($"the ledger {path} is damaged: {GetReason(error)}. {RestoreAdvice}", error);

    private static bool IsDamage(string message) => Damages.Any(damage => message.Contains(damage, StringComparison.Ordinal));

    private static bool IsMemory(string message) => message.Contains("Out of Memory Error", StringComparison.Ordinal);

    /// <summary>Returns the engine's message as part of a sentence.</summary>
    public static string GetReason(Exception error) => GetFirstLine((error.InnerException ?? error).Message).TrimEnd('.', ' ');

    /// <summary>Returns the first line of a message without DuckDB's prefixes.</summary>
    public static string GetFirstLine(string message)
    {
        var line = message.AsSpan().Trim();
        var end = line.IndexOfAny('\r', '\n');
        line = end < 0 ? line : line[..end];
        foreach (var prefix in (ReadOnlySpan<string>)["DuckDBOpen failed: ", "Error: ", "IO Error: ", "TransactionContext Error: ", "Failed to commit: ", "FATAL Error: "])
        {
            line = line.StartsWith(prefix, StringComparison.Ordinal) ? line[prefix.Length..] : line;
        }

        return line.ToString();
    }

    [GeneratedRegex(@"Conflicting lock is held in (?<program>[^\n]*?) \(PID (?<pid>\d+)\)")]
    private static partial Regex Holder();
}
