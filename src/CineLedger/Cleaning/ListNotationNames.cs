namespace CineLedger.Cleaning;

/// <summary>The display names of list notations.</summary>
internal static class ListNotationNames
{
    private static readonly Dictionary<ListNotation, string> Names = new()
    {
        [ListNotation.Literal] = "Python or JSON lists",
        [ListNotation.SpacedCommas] = "names separated by ', '",
        [ListNotation.Commas] = "names separated by ','",
        [ListNotation.Pipes] = "names separated by '|'",
        [ListNotation.Semicolons] = "names separated by ';'",
        [ListNotation.SpacedSlashes] = "names separated by ' / '",
        [ListNotation.Slashes] = "names separated by '/'",
        [ListNotation.Hyphens] = "names separated by '-'",
        [ListNotation.Spaces] = "names separated by spaces",
        [ListNotation.Ids] = "TMDB genre IDs",
        [ListNotation.SingleName] = "a single name",
    };

    public static string Get(ListNotation notation) => Names[notation];
}
