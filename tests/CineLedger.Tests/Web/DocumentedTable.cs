using CineLedger.Tests.Support;

namespace CineLedger.Tests.Web;

/// <summary>Reads tables of the documentation for comparison with the program.</summary>
internal static class DocumentedTable
{
    /// <summary>Returns the table rows of a page whose first cell is code that begins with <paramref name="start"/>, without backticks.</summary>
    public static string[][] Rows(string page, string start) =>
    [
        .. File.ReadLines(Repository.GetPath("docs", page))
            .Where(line => line.StartsWith($"| `{start}", StringComparison.Ordinal))
            .Select(line => line.Trim('|', ' ').Split(" | ").Select(cell => cell.Trim().Trim('`')).ToArray()),
    ];
}
