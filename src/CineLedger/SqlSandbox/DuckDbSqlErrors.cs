using System.Text.RegularExpressions;
using CineLedger.Model;
using CineLedger.Storage.DuckDb;

namespace CineLedger.SqlSandbox;

/// <summary>Converts DuckDB's errors about a user's statement to one line.</summary>
internal static partial class DuckDbSqlErrors
{
    public static LedgerException Explain(Exception error)
    {
        var message = error.Message.Trim();
        if (message.StartsWith("Out of Memory Error", StringComparison.Ordinal))
        {
            return new SqlLimitException("the query needs more memory and temporary space than one query may use: narrow it, or sort and group less at once.", error);
        }

        if (DuckDbErrors.Explain(error) is { } damage)
        {
            return damage;
        }

        if (message.StartsWith("IO Error", StringComparison.Ordinal) || message.StartsWith("INTERNAL Error", StringComparison.Ordinal)
            || message.StartsWith("FATAL Error", StringComparison.Ordinal))
        {
            return new LedgerException($"the query failed: {DuckDbErrors.GetFirstLine(message)}", error);
        }

        // The text is: message, suggested names, an empty line, then LINE 1: … and a caret under the position.
        var text = message.Split("\n\n")[0].Split("\nLINE ")[0].Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return new UsageException($"invalid SQL: {string.Join(' ', text.Take(3))}{GetPosition(message)}", error);
    }

    private static string GetPosition(string message)
    {
        if (Caret().Match(message) is not { Success: true } place)
        {
            return "";
        }

        var at = place.Groups["caret"].Length - place.Groups["head"].Length;
        var near = at >= 0 && at < place.Groups["text"].Length ? Word().Match(place.Groups["text"].Value[at..]).Value : "";
        return near.Length > 0 ? $" (line {place.Groups["line"].Value}, at {near})" : $" (line {place.Groups["line"].Value})";
    }

    [GeneratedRegex(@"(?m)^(?<head>LINE (?<line>\d+): )(?<text>[^\n]*)\n(?<caret> *)\^")]
    private static partial Regex Caret();

    [GeneratedRegex(@"^(\w+|\S)")]
    private static partial Regex Word();
}
