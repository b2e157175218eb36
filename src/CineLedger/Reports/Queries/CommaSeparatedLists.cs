namespace CineLedger.Reports.Queries;

/// <summary>Parses lists as written on the command line and in HTTP requests.</summary>
public static class CommaSeparatedLists
{
    /// <summary>Splits comma-separated lists into one sequence: <c>year,genre</c> and <c>company</c> are three items. Commas in parentheses separate no items.</summary>
    public static IEnumerable<string> Split(IEnumerable<string> lists) => lists.SelectMany(Split).Select(item => item.Trim()).Where(item => item.Length > 0);

    private static IEnumerable<string> Split(string list)
    {
        var (start, depth) = (0, 0);
        for (var i = 0; i < list.Length; i++)
        {
            depth += list[i] switch { '(' => 1, ')' => -1, _ => 0 };
            if (list[i] == ',' && depth <= 0)
            {
                yield return list[start..i];
                start = i + 1;
            }
        }

        yield return list[start..];
    }
}
