using CineLedger.Tests.Support;

namespace CineLedger.Tests.Web;

/// <summary>Tables of the documentation, to be held against what the program does.</summary>
internal static class DocumentedTable
{
    /// <summary>The rows of a page's tables whose first cell is code that begins with <paramref name="start"/>; code marks are taken away.</summary>
    public static string[][] Rows(string page, string start) =>
    [
        .. File.ReadLines(Repository.GetPath("docs", page))
            .Where(line => line.StartsWith($"| `{start}", StringComparison.Ordinal))
            .Select(line => line.Trim('|', ' ').Split(" | ").Select(cell => cell.Trim().Trim('`')).ToArray()),
    ];
}
