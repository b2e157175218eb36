using System.Text.RegularExpressions;

namespace CineLedger.Model;

/// <summary>Removes folders and hosts from the addresses of sources, for readers who should not learn how a server is set up.</summary>
public static partial class SourceName
{
    /// <summary>The same expression for SQL, which DuckDB and PostgreSQL both understand.</summary>
    internal const string SqlPattern = @"[^ ]*[/\\]([^ /\\])";

    /// <summary>Reduces every path and address in a text to its last part: <c>/data/in/movies.zip: cut off</c> becomes <c>movies.zip: cut off</c>.</summary>
    public static string RemovePaths(string text) => Folders().Replace(text, "$1");

    [GeneratedRegex(SqlPattern)]
    private static partial Regex Folders();
}
