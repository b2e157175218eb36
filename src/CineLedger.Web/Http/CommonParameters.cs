namespace CineLedger.Web.Http;

/// <summary>Parameters that many endpoints take.</summary>
public static class CommonParameters
{
    public static Parameter<int?> Snapshot { get; } = Parameter.Whole("snapshot", "As of this snapshot; default: the newest. The answer then never changes.", least: 1)
        with
    { IsOfShape = true, Example = "1" };

    public static Parameter<int?> Seen { get; } = Parameter.Whole(
        "seen", "The newest snapshot that the caller has seen: `meta.since` then says what came after it. No older state is answered.", least: 1)
        with
    { IsOfShape = true, Example = "1" };

    public static Parameter<string?> Format { get; } = Parameter.Word(
        "format", Formats.Names, "The format of the answer, in place of the `Accept` header; default json. All but json hold every row, if no limit is given.")
        with
    { IsOfShape = true, Default = "json" };

    public static Parameter<int?> Limit { get; } = Parameter.Whole("limit", "At most so many rows; a page of JSON has 1000 where no limit is given, and 10000 at the most.", least: 1)
        with
    { IsOfShape = true, Example = "100" };

    public static Parameter<string?> Cursor { get; } = Parameter.Text("cursor", "`meta.next` of the page before, unchanged: the next page, of the same snapshot.")
        with
    { IsOfShape = true };

    /// <summary>Of an answer in pages.</summary>
    public static IReadOnlyList<Parameter> OfPages { get; } = [Snapshot, Limit, Format, Cursor, Seen];

    /// <summary>Of an answer that is one document.</summary>
    public static IReadOnlyList<Parameter> OfDocuments { get; } = [Snapshot, Seen];
}
