using System.Text.RegularExpressions;
using CineLedger.Model;
using DuckDB.NET.Data;

namespace CineLedger.Storage.DuckDb;

/// <summary>DuckDB's errors in one line that says what to do.</summary>
internal static partial class DuckDbErrors
{
    /// <summary>Translates a failure to open <paramref name="path"/>.</summary>
    public static LedgerException OnOpen(string path, Exception error)
    {
        var message = error.Message;
        if (message.Contains("Could not set lock", StringComparison.Ordinal) || message.Contains("being used by another process", StringComparison.Ordinal))
        {
            var holder = Holder().Match(message);
            var who = holder.Success ? $" by {holder.Groups["program"].Value} (process {holder.Groups["pid"].Value})" : " by another process";
            return new LedgerBusyException($"the ledger {path} is in use{who}; wait until it is done, or end it, and try again.", error);
        }

        if (message.Contains("not a valid DuckDB database file", StringComparison.Ordinal) || message.Contains("valid DuckDB", StringComparison.Ordinal))
        {
            return new LedgerException($"{path} is no ledger: the file exists but is not a DuckDB database. Name another --store.", error);
        }

        return new LedgerException($"the ledger {path} cannot be opened: {FirstLine(message)}", error);
    }

    /// <summary>Translates a failure of a statement.</summary>
    public static LedgerException OnStatement(string what, DuckDBException error) => new($"{what}: {FirstLine(error.Message)}", error);

    /// <summary>The first line of a message without DuckDB's own prefixes.</summary>
    public static string FirstLine(string message)
    {
        var line = message.AsSpan().Trim();
        var end = line.IndexOfAny('\r', '\n');
        line = end < 0 ? line : line[..end];
        foreach (var prefix in (ReadOnlySpan<string>)["DuckDBOpen failed: ", "Error: ", "IO Error: ", "TransactionContext Error: "])
        {
            line = line.StartsWith(prefix, StringComparison.Ordinal) ? line[prefix.Length..] : line;
        }

        return line.ToString();
    }

    [GeneratedRegex(@"Conflicting lock is held in (?<program>[^\n]*?) \(PID (?<pid>\d+)\)")]
    private static partial Regex Holder();
}
