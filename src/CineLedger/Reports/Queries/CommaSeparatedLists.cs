namespace CineLedger.Reports.Queries;

/// <summary>Parses lists as written on the command line and in HTTP requests.</summary>
public static class CommaSeparatedLists
{
    /// <summary>Splits comma-separated lists into one sequence: <c>year,genre</c> and <c>company</c> are three items.</summary>
    public static IEnumerable<string> Split(IEnumerable<string> lists) =>
        lists.SelectMany(list => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
}
