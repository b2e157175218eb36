namespace CineLedger.Reports.Queries;

/// <summary>How lists are written, on the command line and over HTTP.</summary>
public static class CommaSeparatedLists
{
    /// <summary>The words of lists with commas, one after the other: <c>year,genre</c> and <c>company</c> are three.</summary>
    public static IEnumerable<string> Split(IEnumerable<string> lists) =>
        lists.SelectMany(list => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
}
