using System.Text.RegularExpressions;

namespace CineLedger.Tests.Support;

/// <summary>
/// Changes the text of lists such as <c>[{'id': 18, 'name': 'Drama'}]</c> without reading them as Python literals. Names are texts as written, with their escapes.
/// </summary>
internal static partial class ListText
{
    public static IEnumerable<string> GetNames(string list) => Name().Matches(list).Select(match => match.Groups["name"].Value);

    public static string ChangeNames(string list, Func<string, string> change) =>
        Name().Replace(list, match => match.Groups["before"].Value + change(match.Groups["name"].Value) + match.Groups["quote"].Value);

    /// <summary>Returns the entries of a list, each from brace to brace.</summary>
    public static IEnumerable<string> GetEntries(string list) => Entry().Matches(list).Select(match => match.Value);

    /// <summary>Changes the entries of a list. A text that is not a whole list stays as it is.</summary>
    public static string ChangeEntries(string list, Func<IEnumerable<string>, IEnumerable<string>> change)
    {
        var entries = GetEntries(list).ToList();
        return Join(entries) == list ? Join(change(entries)) : list;
    }

    private static string Join(IEnumerable<string> entries) => $"[{string.Join(", ", entries)}]";

    [GeneratedRegex(@"(?<before>'name': (?<quote>['""]))(?<name>(?:\\.|(?!\k<quote>).)*)\k<quote>", RegexOptions.Singleline)]
    private static partial Regex Name();

    [GeneratedRegex(@"\{(?:[^{}'""]|'(?:\\.|[^'\\])*'|""(?:\\.|[^""\\])*"")*\}", RegexOptions.Singleline)]
    private static partial Regex Entry();
}
