using CineLedger.Reports.Queries;

namespace CineLedger.Web.Http;

/// <summary>Parameters that many endpoints take.</summary>
public static class CommonParameters
{
    public static Parameter<int?> Snapshot { get; } = Parameter.CreateInteger(QueryOption.Snapshot) with
    {
        AffectsShape = true,
        Description = $"{QueryOption.Snapshot.Meaning} The answer then never changes.",
    };

    public static Parameter<int?> Seen { get; } = Parameter.CreateInteger(
        "seen", "The newest snapshot that the caller has seen: `meta.since` then says what came after it. No older state is answered.", min: 1)
        with
    { AffectsShape = true, Example = "1" };

    public static Parameter<string?> Format { get; } = Parameter.CreateEnum(
        "format", ResponseFormats.Names, "The format of the answer, in place of the `Accept` header; default json. All but json hold every row, if no limit is given.")
        with
    { AffectsShape = true, Default = "json" };

    public static Parameter<int?> Limit { get; } = Parameter.CreateInteger(QueryOption.Limit) with
    {
        AffectsShape = true,
        Description = $"{QueryOption.Limit.Meaning[..^1]}; a page of JSON has 1000 where no limit is given, and 10000 at the most.",
    };

    public static Parameter<string?> Cursor { get; } = Parameter.CreateText("cursor", "`meta.next` of the page before, unchanged: the next page, of the same snapshot.")
        with
    { AffectsShape = true };

    /// <summary>Of an answer in pages.</summary>
    public static IReadOnlyList<Parameter> ForPages { get; } = [Snapshot, Limit, Format, Cursor, Seen];

    /// <summary>Of an answer that is one document.</summary>
    public static IReadOnlyList<Parameter> ForDocuments { get; } = [Snapshot, Seen];
}
